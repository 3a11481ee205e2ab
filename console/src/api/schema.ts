// Written by `npm run generate:client` from the OpenAPI document.

export interface paths {
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process answers */
        get: operations["checkHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that a request needs answers; mail is told but not required, since only submissions need it */
        get: operations["checkReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/problems/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a problem means: the `type` of every problem leads here */
        get: operations["readProblem"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/forward-auth": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether a signed call may pass, for gateways: with any method, yes or no by status
         * @description The call is named by X-Original-Method and X-Original-URI, or by X-Forwarded-Method and X-Forwarded-Uri; its Authorization is passed on as it came. A body counts only if the gateway passes it on, too: at most 1 MiB of any type, with a method that has one. nginx passes none on, so that a call other than GET, HEAD, DELETE and OPTIONS is refused without a body: any could reach the upstream. Like everything, this is rate limited by address: that of the gateway, or, with TRUSTED_PROXIES, that of its caller. Envoy asks by /v1/ext-authz, followed by the path and query of the call.
         */
        get: operations["checkForwardedCall"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/codec/decode": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decrypt payloads of workflows for Temporal’s UI and CLI; what cannot be stays as it is */
        post: operations["decodePayloads"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/codec/encode": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Encrypt payloads that Temporal’s UI or CLI is about to send */
        post: operations["encodePayloads"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what you may see; `waitingFor=me` is the inbox of a reviewer
         * @description Newest first. An inbox begins with what is due first (`dueAt`), then has what is never due, longest waiting first.
         */
        get: operations["listApplications"];
        put?: never;
        /**
         * Save a draft, at any stage of completeness: for a new key, or the change or end of a live one
         * @description With an Idempotency-Key a retry answers with the first draft.
         */
        post: operations["draftApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where it stands, who must act, what comes next, and how it came here */
        get: operations["readApplication"];
        put?: never;
        post?: never;
        /** Delete a draft that was never submitted */
        delete: operations["deleteDraft"];
        options?: never;
        head?: never;
        /** Edit a draft or a returned application; null empties a field */
        patch: operations["changeDraft"];
        trace?: never;
    };
    "/v1/applications/{id}/submission": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit for review
         * @description Safe to repeat: a double click or a retry is the same submission. 202 means that it is accepted but not yet opened; look at the application again. With If-Match only the revision named is submitted.
         */
        post: operations["submitApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve, deny or return the open level
         * @description To deny or return needs a comment, which the applicant is told. 200 with the recorded outcome, or 202 when it is not known within two seconds: look at the application again. With an Idempotency-Key a retry is the same decision.
         */
        post: operations["decideOnApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide several applications, each with its own outcome
         * @description Each is judged, signed and recorded by itself, at the same time: one that fails holds up no other. With an Idempotency-Key a retry is the same decisions.
         */
        post: operations["decideOnApplications"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw your application; possible until the key is issued
         * @description Answers like a decision: 200 with the recorded outcome, or 202 when it is not known yet.
         */
        post: operations["withdrawApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/hold": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hold back the mail with the credentials
         * @description Answers like a decision: 200 with the recorded outcome, or 202 when it is not known yet.
         */
        post: operations["holdApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Release a mail that is held back; it leaves when it is due, or at once
         * @description Answers like a decision: 200 with the recorded outcome, or 202 when it is not known yet.
         */
        post: operations["releaseApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/recall": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Recall the key before its mail has left: it is void for good
         * @description Answers like a decision: 200 with the recorded outcome, or 202 when it is not known yet.
         */
        post: operations["recallApplication"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mail the credentials again, to the same addresses
         * @description For the applicant and admins, three times a day. While the mail has not got through, this makes the next attempt now, of the same mail; after it, another mail is sent. A link in it works in place of the one before.
         */
        post: operations["resendCredentials"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/address": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask that the credentials be mailed to another address
         * @description For the applicant and admins. The reviewers of the last level decide, as many as that level asks for; nobody decides on what they asked for. After the approval the mail waits for the usual delay.
         */
        post: operations["requestAddress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/address/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve or deny another address for the credentials
         * @description For reviewers of the last level. An approval names the address that its reviewer saw; a denial needs a comment, and is possible until the mail has left. Whoever asked for the change takes it back by a denial.
         */
        post: operations["decideOnAddress"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List issued keys */
        get: operations["listKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read one key */
        get: operations["readKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}/dgrk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say until when calls of a key may be signed by DGRK
         * @description DGRK covers the body alone, so a captured header can be repeated and used for other paths. From the day after, only HTTP message signatures (RFC 9421) pass, which every key can use at any time. A day in the past switches DGRK off at once; null lets it go on.
         */
        put: operations["limitDgrk"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}/rotation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a key a new secret, valid beside the one before for a while
         * @description For the holder and admins, one rotation at a time. The API key stays. The new secret is delivered as the first one was, after the same delay; it can be neither held nor recalled, since the key goes on working by the secret before. That one stays valid for the grace, counted from when the new one was handed over, or, with until "unused", until no call was signed with it for some days.
         */
        post: operations["rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}/rotation/completion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a rotation before its grace is over
         * @description For the holder and admins, once the new secret has been handed over. The secret before is void at once.
         */
        post: operations["finishRotation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}/suspension": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suspend a key: its calls are refused until it is resumed
         * @description For the holder and admins; it needs a comment. It counts within a second on every process.
         */
        post: operations["suspendKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}/resumption": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a suspended key
         * @description For admins, and for the holder where they suspended it themselves and no leak was reported.
         */
        post: operations["resumeKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}/revocation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke a key at once
         * @description For admins; it needs a comment. Holders apply for a revocation. A revoked key stays readable, with its history.
         */
        post: operations["revokeKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}/leak": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report that the secret of a key has leaked
         * @description For the holder, their portal, and admins; it needs a comment. Suspends the key at once, tells its holder, the admins and those who approved it, and approves a new secret in advance: see reissue.
         */
        post: operations["reportLeak"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}/reissue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have a new secret after a leak, without another review
         * @description For the holder and admins, once for each report. The leaked secret is void, the API key stays, the new secret is delivered as the first one was, and the key is resumed.
         */
        post: operations["reissueKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}/trail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a key's whole story: audit rows, signals as they reached its workflow, attempts to mail
         * @description From its issue on, in the order of time, also of a key that has ended. Signals that changed nothing, and the addresses of others, are shown to admins and auditors.
         */
        get: operations["readKeyTrail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}/calls": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read how many calls of a key passed and were refused on each of the last 90 days
         * @description Days of the configured time zone, oldest first, today last; some seconds late.
         */
        get: operations["readKeyCalls"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}/reveal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show the secret of a key, once, by the token of a mailed link
         * @description For the applicant, and for people to whose address the link was mailed. Of two requests at once one is answered; every later one is told when and to whom it was shown. Only this uses the link up.
         */
        post: operations["revealSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clients": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search by id and name */
        get: operations["listClients"];
        put?: never;
        /** Add one */
        post: operations["addClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clients/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read one client */
        get: operations["readClient"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change fields of one */
        patch: operations["changeClient"];
        trace?: never;
    };
    "/v1/applications/{id}/client-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest 100 keys of the client that an application is for, except to its applicant */
        get: operations["listClientKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/apis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search by id, name, method and path */
        get: operations["listApis"];
        put?: never;
        /** Add one */
        post: operations["addApi"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/apis/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read one api */
        get: operations["readApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change fields of one */
        patch: operations["changeApi"];
        trace?: never;
    };
    "/v1/apis/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register the operations of an OpenAPI document, or see what that would do
         * @description All of it or nothing; at most 500 operations. One that is registered already, by method and path, keeps its id and gets the name and upstream of the document. Nothing is removed, disabled or enabled.
         */
        post: operations["importApis"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest version of every flow */
        get: operations["listFlows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One flow, its newest version or the one asked for */
        get: operations["readFlow"];
        /** Store a new version; with If-Match only on top of the version named */
        put: operations["storeFlow"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mail-templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The template that counts for every kind of mail in every language */
        get: operations["listMailTemplates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mail-templates/{kind}/{language}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One template, and what it can tell */
        get: operations["readMailTemplate"];
        /**
         * Store a new version on top of the one that If-Match names
         * @description The next mail of its kind already uses it. To go back to an earlier version, store it again.
         */
        put: operations["storeMailTemplate"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mail-templates/{kind}/{language}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every version that there was, newest first; the last is the built-in one */
        get: operations["listMailTemplateVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/mail-templates/{kind}/{language}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * How a mail would look: of this text, or of the template that counts; nothing is stored or sent
         * @description About an application that you may see, or an invented one. What only the real mail knows, such as its secret, is an example.
         */
        post: operations["previewMailTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/flows/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What an application of yours would need under this flow */
        post: operations["previewFlow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What your draft would need if you submitted it now */
        get: operations["previewApplication"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/delegations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List delegations that you gave or got; admins and auditors see all */
        get: operations["listDelegations"];
        put?: never;
        /** Let somebody decide in your place for a time */
        post: operations["addDelegation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/delegations/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a delegation now; one that has not begun never does */
        post: operations["endDelegation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/colleagues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search people by id and name; for reviewers, admins and auditors */
        get: operations["listColleagues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search by id and name */
        get: operations["listPeople"];
        put?: never;
        /** Add one */
        post: operations["addPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/people/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read one person */
        get: operations["readPerson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change fields of one */
        patch: operations["changePerson"];
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who the access token stands for */
        get: operations["readCaller"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, until when, and how this service is set up */
        get: operations["readSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/inbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many applications wait for your decision */
        get: operations["readInbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How this service is set up by its environment, without secrets */
        get: operations["readSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settings/test-mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a mail to yourself, and read what the SMTP server says */
        post: operations["sendTestMail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the audit trail, row by row as it is chained */
        get: operations["listAuditRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Verify the audit chain, its signed checkpoints and every decision against it
         * @description Walks the whole chain, once a minute at most: `checkedAt` says when. `keygrant audit verify --temporal` also compares with Temporal.
         */
        get: operations["verifyAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search the API Key Approval History, newest submission first */
        get: operations["searchHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/history.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the API Key Approval History for spreadsheets
         * @description All that the filters find, oldest first, a line for each act on an application, and one for an application without any. Moments are in the configured time zone. Cells that begin like a formula are led by an apostrophe.
         */
        get: operations["exportHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/trail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read its whole trail: audit rows, decisions as they reached the workflow, attempts to mail
         * @description In the order of time. Signals that changed nothing, and the addresses of others, are shown to admins and auditors.
         */
        get: operations["readTrail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/applications/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow its timeline, by server-sent events
         * @description Server-sent events: first the timeline so far, then each new entry as it is recorded. The data of an event is one entry of the timeline in GET /v1/applications/{id}; its id, sent back as Last-Event-ID, resumes after it without a gap. The stream ends with the access token, after an hour, and when the service stops: come back then.
         */
        get: operations["followApplication"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhooks
         * @description A portal acts for itself here, without On-Behalf-Of; admins for everybody.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Add a webhook; the answer holds the secret that its deliveries are signed with, this once
         * @description A portal acts for itself here, without On-Behalf-Of; admins for everybody.
         */
        post: operations["addWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one webhook
         * @description A portal acts for itself here, without On-Behalf-Of; admins for everybody.
         */
        get: operations["readWebhook"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook with its log and what still waits for it
         * @description A portal acts for itself here, without On-Behalf-Of; admins for everybody.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Change a webhook, or switch it off and on
         * @description A portal acts for itself here, without On-Behalf-Of; admins for everybody.
         */
        patch: operations["changeWebhook"];
        trace?: never;
    };
    "/v1/webhooks/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the secret; for a day deliveries are signed with both
         * @description A portal acts for itself here, without On-Behalf-Of; admins for everybody.
         */
        post: operations["replaceWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the delivery log, newest first
         * @description A portal acts for itself here, without On-Behalf-Of; admins for everybody.
         */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a test event; the delivery log tells how it was answered
         * @description A portal acts for itself here, without On-Behalf-Of; admins for everybody.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{id}/deliveries/{eventId}/redelivery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Deliver an event again, under the same webhook-id
         * @description A portal acts for itself here, without On-Behalf-Of; admins for everybody.
         */
        post: operations["redeliverEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Whether a signed call may pass; one that may counts against its quota */
        post: operations["verifyCall"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Violation */
        Violation: {
            field: string;
            message: string;
        };
        /**
         * Problem
         * @description Codes: unauthenticated, unknown-person, person-disabled, foreign-page, sign-in-unknown, sign-in-failed, forbidden, not-found, invalid, malformed-request, precondition-required, revision-changed, idempotency-key-reused, already-exists, payload-too-large, unsupported-media-type, too-many-requests, too-many-streams, too-many-webhooks, not-editable, not-pending, level-decided, stale-digest, own-application, already-decided, not-a-reviewer, comment-required, not-the-applicant, not-concerned, too-late, already-held, not-held, not-the-applicant-or-admin, not-yet-mailed, already-resent, resend-limit, address-pending, no-address-change, other-address, own-request, link-unknown, link-expired, link-superseded, already-revealed, level-without-reviewer, key-ended, key-suspended, already-suspended, not-suspended, not-the-suspender, rotation-under-way, no-rotation, leak-reported, no-leak-reported, delegation-ended, malformed-decision, forged-decision, malformed-act, forged-act, repeated-act, forged-submission, repeated-decision, unknown-signal, call-unauthorized, api-not-permitted, quota-used-up, upstream-unreachable, upstream-timeout, upstream-failed, mail-unavailable, workflow-unavailable, unavailable, timeout, internal
         */
        Problem: {
            /** @description stable; its last part is the code */
            type: string;
            title: string;
            status: number;
            detail: string;
            instance?: string;
            requestId: string;
            errors?: components["schemas"]["Violation"][];
        };
        /** Readiness */
        Readiness: {
            ready: boolean;
            /** @description it answers what still comes, and ends soon */
            stopping: boolean;
            database: {
                ok: boolean;
                why?: string;
            };
            workflows: {
                ok: boolean;
                why?: string;
            };
            mail: {
                ok: boolean;
                why?: string;
            };
        };
        /** Reference */
        Reference: {
            id: string;
            name: string;
        };
        /** ApplicationSummary */
        ApplicationSummary: {
            id: string;
            /**
             * @description a new key, or the change or end of a live one
             * @enum {unknown}
             */
            kind: "apply" | "update" | "revoke";
            /** @enum {unknown} */
            state: "draft" | "pending" | "approved" | "issued" | "returned" | "delivered" | "completed" | "rejected" | "withdrawn" | "lapsed" | "recalled";
            /** @description as people call it: Pending Order */
            stateName: string;
            /** Format: date-time */
            stateSince: string;
            /** @description where it stands, in words */
            now: string;
            /** @description what comes next, in words */
            next: string;
            /** @description who must act */
            waitingFor: components["schemas"]["Reference"][];
            level: number | null;
            dueAt: string | null;
            applicant: components["schemas"]["Reference"];
            client: components["schemas"]["Reference"] | null;
            keyName: string | null;
            effectiveOn: string | null;
            expiresOn: string | null;
            quota: number | null;
            submittedAt: string | null;
            /** Format: date-time */
            createdAt: string;
        };
        /** NewDraft */
        NewDraft: {
            /**
             * @description apply for a new key (else), update a live one, or revoke it
             * @enum {unknown}
             */
            kind?: "apply" | "update" | "revoke";
            /** @description the key to update or revoke; its values are filled in */
            keyId?: string;
            clientId?: string | null;
            keyName?: string | null;
            description?: string | null;
            effectiveOn?: string | null;
            expiresOn?: string | null;
            /** @description a whole number of calls from 1 to 2147483647, or -1 for unlimited */
            quota?: -1 | number | null;
            /** @description ids of registered APIs, each once */
            apiIds?: string[];
        };
        /** Level */
        Level: {
            level: number;
            name: string;
            reviewers: {
                people: string[];
                roles: string[];
            };
            /** @description who may decide it now, or could if it were open; nobody where it is over */
            people: components["schemas"]["Reference"][];
            since: string | null;
            /** @description what happens to the open level by itself if nobody decides it, soonest first */
            deadlines: {
                /**
                 * @description reviewers are reminded, others asked, too, or the application lapses or is denied
                 * @enum {unknown}
                 */
                event: "remind" | "escalate" | "lapse" | "deny";
                /** Format: date-time */
                at: string;
            }[];
            /** @description how many must approve */
            approvals: number;
            /** @description how many denials end the application */
            denials: number;
            /** @description whether approving needs a comment */
            commentRequired: boolean;
            /** @enum {unknown} */
            status: "ahead" | "open" | "approved" | "denied" | "returned" | "skipped";
            skipped: string | null;
            decisions: {
                by: components["schemas"]["Reference"];
                inPlaceOf: components["schemas"]["Reference"] | null;
                /** @description approve, deny or return */
                act: string;
                /** Format: date-time */
                at: string;
                comment: string | null;
            }[];
        };
        /** Mail */
        Mail: {
            /** @enum {unknown} */
            kind: "review" | "reminder" | "escalation" | "rejection" | "lapse" | "return" | "recall" | "update" | "revocation" | "credentials" | "credentials-link" | "link-reminder" | "address-review" | "address-approved" | "address-denied" | "rotation" | "rotation-link" | "expiry-reminder" | "quota-warning" | "suspension" | "resumption" | "leak" | "leak-report" | "revoked-at-once";
            language: ("en" | "zh-TW") | null;
            to: string[];
            /** @enum {unknown} */
            state: "queued" | "sending" | "sent" | "superseded";
            messageId: string;
            dueAt: string | null;
            nextAttemptAt: string | null;
            sentAt: string | null;
            attempts: {
                number: number;
                /** Format: date-time */
                startedAt: string;
                endedAt: string | null;
                succeeded: boolean | null;
                answer: string | null;
            }[];
        };
        /** TimelineEntry */
        TimelineEntry: {
            /** Format: date-time */
            at: string;
            action: string;
            words: string;
            by: components["schemas"]["Reference"];
            via: string | null;
            comment: string | null;
        };
        /** Application */
        Application: {
            id: string;
            /**
             * @description a new key, or the change or end of a live one
             * @enum {unknown}
             */
            kind: "apply" | "update" | "revoke";
            /** @enum {unknown} */
            state: "draft" | "pending" | "approved" | "issued" | "returned" | "delivered" | "completed" | "rejected" | "withdrawn" | "lapsed" | "recalled";
            /** @description as people call it: Pending Order */
            stateName: string;
            /** Format: date-time */
            stateSince: string;
            /** @description where it stands, in words */
            now: string;
            /** @description what comes next, in words */
            next: string;
            /** @description who must act */
            waitingFor: components["schemas"]["Reference"][];
            level: number | null;
            dueAt: string | null;
            applicant: components["schemas"]["Reference"];
            client: components["schemas"]["Reference"] | null;
            keyName: string | null;
            effectiveOn: string | null;
            expiresOn: string | null;
            quota: number | null;
            submittedAt: string | null;
            /** Format: date-time */
            createdAt: string;
            portalId: string | null;
            keyId: string | null;
            /** @description what is different from the key as it is, and from the round before */
            changes: {
                /** @enum {unknown} */
                comparedWith: "key" | "previous-round";
                fields: {
                    field: string;
                    before: string | number | string[] | null;
                    after: string | number | string[] | null;
                }[];
            }[];
            description: string | null;
            apis: {
                id: string;
                name: string;
                method: string;
                path: string;
            }[];
            /** @description what the caller may do to it now */
            actions: ("edit" | "submit" | "delete" | "approve" | "deny" | "return" | "withdraw" | "hold" | "release" | "recall" | "resend" | "correct-address" | "approve-address" | "deny-address")[];
            revision: number;
            round: number;
            digest: string | null;
            flow: {
                id: string;
                version: number;
            } | null;
            levels: components["schemas"]["Level"][];
            reason: string | null;
            /** @description what a submission would be refused for now; empty after submission */
            violations: components["schemas"]["Violation"][];
            refusal: {
                code: string;
                message: string;
            } | null;
            deliveryDueAt: string | null;
            heldBy: string | null;
            key: {
                id: string;
                apiKey: string;
            } | null;
            link: {
                /** @enum {unknown} */
                state: "open" | "revealed" | "expired" | "superseded";
                expiresAt: string | null;
                endedAt: string | null;
                revealedBy: string | null;
            } | null;
            addressChange: {
                /** @enum {unknown} */
                state: "pending" | "approved" | "denied" | "mailed";
                /** @description whole for those who decide on it */
                email: string;
                requestedBy: components["schemas"]["Reference"];
                comment: string;
                approvals: {
                    given: number;
                    needed: number;
                };
                /** @description who may decide */
                waitingFor: components["schemas"]["Reference"][];
                outcome: string | null;
                /** Format: date-time */
                createdAt: string;
                decidedAt: string | null;
            } | null;
            mails: components["schemas"]["Mail"][];
            erasedAt: string | null;
            workflowUrl: string | null;
            timeline: components["schemas"]["TimelineEntry"][];
        };
        /** Draft */
        Draft: {
            clientId?: string | null;
            keyName?: string | null;
            description?: string | null;
            effectiveOn?: string | null;
            expiresOn?: string | null;
            /** @description a whole number of calls from 1 to 2147483647, or -1 for unlimited */
            quota?: -1 | number | null;
            /** @description ids of registered APIs, each once */
            apiIds?: string[];
        };
        /** DecisionOutcome */
        DecisionOutcome: {
            decisionId: string;
            /**
             * @description unknown: accepted, but not recorded within two seconds
             * @enum {unknown}
             */
            outcome: "recorded" | "unknown";
            application: components["schemas"]["Application"];
        };
        /** DecisionResult */
        DecisionResult: {
            applicationId: string;
            /** @description what the decision by itself would have been answered with */
            status: number;
            decisionId: string | null;
            outcome: string | null;
            problem: {
                code: string;
                message: string;
            } | null;
        };
        /** Suspension */
        Suspension: {
            /** Format: date-time */
            at: string;
            by: components["schemas"]["Reference"];
            /**
             * @description request: somebody asked for it; leak: its secret was reported to have leaked
             * @enum {unknown}
             */
            for: "request" | "leak";
            comment: string;
        };
        /** Rotation */
        Rotation: {
            /** Format: date-time */
            startedAt: string;
            /** @description whether the new secret was mailed, or shown by its link; the grace begins then */
            handedOver: boolean;
            graceSince: string | null;
            graceSeconds: number | null;
            unusedDays: number | null;
            endsAt: string | null;
            lastUsedAt: string | null;
        };
        /** OpenedApi */
        OpenedApi: {
            id: string;
            name: string;
            method: string;
            path: string;
        };
        /** Key */
        Key: {
            id: string;
            /** @description the public half; the secret is in the mail alone */
            apiKey: string;
            name: string;
            client: components["schemas"]["Reference"];
            applicationId: string;
            holder: components["schemas"]["Reference"];
            /**
             * @description where it stands today, in one word
             * @enum {unknown}
             */
            state: "revoked" | "expired" | "suspended" | "not-yet-effective" | "effective";
            effectiveOn: string;
            /** @description inclusive */
            expiresOn: string;
            /**
             * @description by its dates alone, today, in the configured time zone
             * @enum {unknown}
             */
            validity: "not-yet-effective" | "effective" | "expired";
            revokedAt: string | null;
            suspension: components["schemas"]["Suspension"] | null;
            rotation: components["schemas"]["Rotation"] | null;
            /** @description effective today, not suspended, and its client enabled */
            usable: boolean;
            /** @description -1 for unlimited */
            quota: number;
            /** @description how many calls have passed; counted only where the quota has a limit */
            used: number;
            /** @description marks of the present quota that calls have come to */
            quotaWarnings: {
                percent: number;
                /** Format: date-time */
                at: string;
            }[];
            apis: components["schemas"]["OpenedApi"][];
            dgrkUntil: string | null;
            /** @description when a call last passed that was signed by DGRK, and by an HTTP message signature; some seconds late */
            lastUse: {
                dgrk: string | null;
                message: string | null;
            };
            /** @description what the caller may do now: POST to the address of the key and this */
            actions: ("rotation" | "rotation/completion" | "suspension" | "resumption" | "revocation" | "leak" | "reissue")[];
            /** @description counts what happens to it; its ETag */
            revision: number;
            /** Format: date-time */
            createdAt: string;
        };
        /** KeyActOutcome */
        KeyActOutcome: {
            actId: string;
            /**
             * @description unknown: accepted, but not recorded within two seconds
             * @enum {unknown}
             */
            outcome: "recorded" | "unknown";
            key: components["schemas"]["Key"];
        };
        /** TrailEntry */
        TrailEntry: {
            /**
             * @description a row of the audit trail, a decision as it reached the workflow, an attempt to send a mail
             * @enum {unknown}
             */
            source: "audit" | "signal" | "mail";
            /** Format: date-time */
            at: string;
            words: string;
            by: components["schemas"]["Reference"] | null;
            via: string | null;
            comment: string | null;
            seq: number | null;
            id: string | null;
            outcome: string | null;
        };
        /** DayOfCalls */
        DayOfCalls: {
            day: string;
            passed: number;
            refused: number;
        };
        /** Client */
        Client: {
            /** @description lower-case letters and digits, words joined by hyphens */
            id: string;
            /** @description one line of 1 to 255 characters, without control characters */
            name: string;
            /** @description where credentials go */
            emails?: string[];
            enabled?: boolean;
            revision: number;
            /** Format: date-time */
            createdAt: string;
        };
        /** ClientKey */
        ClientKey: {
            id: string;
            name: string;
            /** @enum {unknown} */
            state: "revoked" | "expired" | "suspended" | "not-yet-effective" | "effective";
            effectiveOn: string;
            expiresOn: string;
            /** @description -1 for unlimited */
            quota: number;
            used: number;
            apis: components["schemas"]["Reference"][];
            /** Format: date-time */
            createdAt: string;
        };
        /** Api */
        Api: {
            /** @description lower-case letters and digits, words joined by hyphens */
            id: string;
            /** @description one line of 1 to 255 characters, without control characters */
            name: string;
            /** @enum {unknown} */
            method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" | "*";
            /** @description a path pattern, such as /orders, /orders/{id} or /orders/* */
            path: string;
            /**
             * Format: uri
             * @description where the gateway sends calls, such as https://orders.internal/v2
             */
            upstreamUrl?: string;
            enabled?: boolean;
            revision: number;
            /** Format: date-time */
            createdAt: string;
        };
        /** ApiImport */
        ApiImport: {
            /** @description an OpenAPI 3.x document as JSON or YAML text, of at most 1000000 characters */
            document: string;
            /**
             * Format: uri
             * @description where the gateway sends calls, such as https://orders.internal/v2
             */
            upstreamUrl?: string;
            /**
             * @description only say what would be done
             * @default false
             */
            dryRun: boolean;
        };
        /** ApiImportResult */
        ApiImportResult: {
            /** @description of the document */
            title: string;
            dryRun: boolean;
            apis: {
                /** @enum {unknown} */
                outcome: "added" | "changed" | "unchanged";
                id: string;
                name: string;
                method: string;
                path: string;
                upstreamUrl: string;
                before: {
                    name: string;
                    upstreamUrl: string;
                } | null;
            }[];
        };
        /** FlowLevel */
        FlowLevel: {
            /** @description one line of 1 to 255 characters, without control characters */
            name: string;
            reviewers: {
                /** @default [] */
                people: string[];
                /** @default [] */
                roles: string[];
            };
            /**
             * @description how many reviewers must approve, from 1 to 20
             * @default 1
             */
            approvals: number;
            /**
             * @description how many denials end the application, from 1 to 20
             * @default 1
             */
            denials: number;
            /**
             * @description whether approving needs a comment, too
             * @default false
             */
            commentRequired: boolean;
            /**
             * @description when to remind reviewers: hours after the level opened, from 1 to 8760, or null for never
             * @default null
             */
            remindAfterHours: number | null;
            /**
             * @description when to put it before others as well: hours after the level opened, from 1 to 8760, or null for never
             * @default null
             */
            escalateAfterHours: number | null;
            /**
             * @description who may then decide, too
             * @default {
             *       "people": [],
             *       "roles": []
             *     }
             */
            escalateTo: {
                /** @default [] */
                people: string[];
                /** @default [] */
                roles: string[];
            };
            /**
             * @description when an undecided application lapses: hours after the level opened, from 1 to 8760, or null for never
             * @default null
             */
            lapseAfterHours: number | null;
            /**
             * @description when an undecided application is denied: hours after the level opened, from 1 to 8760, or null for never
             * @default null
             */
            denyAfterHours: number | null;
            /**
             * @description the level is passed by where one of these holds
             * @default []
             */
            skipWhen: {
                kinds?: ("apply" | "update" | "revoke")[];
                clientIds?: string[];
                quotaUpTo?: number;
                quotaOver?: number;
                validityUpToDays?: number;
                validityOverDays?: number;
                onlyApis?: string[];
                anyApi?: string[];
            }[];
        };
        /** Flow */
        Flow: {
            /** @description lower-case letters and digits, words joined by hyphens */
            id: string;
            version: number;
            /** @description one line of 1 to 255 characters, without control characters */
            name: string;
            /** @description in the order of review; without any, applications are approved by themselves */
            levels: components["schemas"]["FlowLevel"][];
            /**
             * @description flows are asked in this order which applies, smallest first, then by id
             * @default 100
             */
            priority: number;
            /**
             * @description the flow applies where one of these holds
             * @default []
             */
            appliesTo: {
                kinds?: ("apply" | "update" | "revoke")[];
                clientIds?: string[];
                quotaUpTo?: number;
                quotaOver?: number;
                validityUpToDays?: number;
                validityOverDays?: number;
                onlyApis?: string[];
                anyApi?: string[];
            }[];
            /**
             * @description what becomes of somebody who reviews several levels: excluded (decides once; every other level needs somebody else), asked (decides each of them), counted (decides once, and an approval counts at their later levels, too)
             * @default excluded
             * @enum {unknown}
             */
            repeatedReviewers: "excluded" | "asked" | "counted";
            /**
             * @description who may hold, release and recall
             * @default [
             *       "applicant",
             *       "reviewer",
             *       "admin"
             *     ]
             */
            stoppableBy: ("applicant" | "reviewer" | "admin")[];
            createdBy: string;
            /** Format: date-time */
            createdAt: string;
        };
        /** NewFlow */
        NewFlow: {
            /** @description one line of 1 to 255 characters, without control characters */
            name: string;
            /** @description in the order of review; without any, applications are approved by themselves */
            levels: components["schemas"]["FlowLevel"][];
            /**
             * @description flows are asked in this order which applies, smallest first, then by id
             * @default 100
             */
            priority: number;
            /**
             * @description the flow applies where one of these holds
             * @default []
             */
            appliesTo: {
                kinds?: ("apply" | "update" | "revoke")[];
                clientIds?: string[];
                quotaUpTo?: number;
                quotaOver?: number;
                validityUpToDays?: number;
                validityOverDays?: number;
                onlyApis?: string[];
                anyApi?: string[];
            }[];
            /**
             * @description what becomes of somebody who reviews several levels: excluded (decides once; every other level needs somebody else), asked (decides each of them), counted (decides once, and an approval counts at their later levels, too)
             * @default excluded
             * @enum {unknown}
             */
            repeatedReviewers: "excluded" | "asked" | "counted";
            /**
             * @description who may hold, release and recall
             * @default [
             *       "applicant",
             *       "reviewer",
             *       "admin"
             *     ]
             */
            stoppableBy: ("applicant" | "reviewer" | "admin")[];
        };
        /** MailTemplateSummary */
        MailTemplateSummary: {
            /**
             * @description what the mail is about
             * @enum {unknown}
             */
            kind: "review" | "reminder" | "escalation" | "rejection" | "lapse" | "return" | "recall" | "update" | "revocation" | "credentials" | "credentials-link" | "link-reminder" | "address-review" | "address-approved" | "address-denied" | "rotation" | "rotation-link" | "expiry-reminder" | "quota-warning" | "suspension" | "resumption" | "leak" | "leak-report" | "revoked-at-once";
            /** @enum {unknown} */
            language: "en" | "zh-TW";
            /** @description 0 for the built-in one */
            version: number;
            /** @description one line of at most 200 characters; {{placeholders}} and {{#sections}} are those of Mustache */
            subject: string;
            /** @description at most 20000 characters of paragraphs, "## headings", "> quotes", blocks between ```, and "[links]({{link}})" on a line of their own; {{placeholders}} and {{#sections}} are those of Mustache */
            body: string;
            createdBy: string;
            createdAt: string | null;
        };
        /** MailTemplate */
        MailTemplate: {
            /**
             * @description what the mail is about
             * @enum {unknown}
             */
            kind: "review" | "reminder" | "escalation" | "rejection" | "lapse" | "return" | "recall" | "update" | "revocation" | "credentials" | "credentials-link" | "link-reminder" | "address-review" | "address-approved" | "address-denied" | "rotation" | "rotation-link" | "expiry-reminder" | "quota-warning" | "suspension" | "resumption" | "leak" | "leak-report" | "revoked-at-once";
            /** @enum {unknown} */
            language: "en" | "zh-TW";
            /** @description 0 for the built-in one */
            version: number;
            /** @description one line of at most 200 characters; {{placeholders}} and {{#sections}} are those of Mustache */
            subject: string;
            /** @description at most 20000 characters of paragraphs, "## headings", "> quotes", blocks between ```, and "[links]({{link}})" on a line of their own; {{placeholders}} and {{#sections}} are those of Mustache */
            body: string;
            createdBy: string;
            createdAt: string | null;
            placeholders: {
                name: string;
                meaning: string;
                /**
                 * @description line: in the body, on a line of its own
                 * @enum {unknown}
                 */
                where: "anywhere" | "body" | "line";
                required: boolean;
            }[];
        };
        /** MailTemplateVersion */
        MailTemplateVersion: {
            /** @description 0 for the built-in one */
            version: number;
            /** @description one line of at most 200 characters; {{placeholders}} and {{#sections}} are those of Mustache */
            subject: string;
            /** @description at most 20000 characters of paragraphs, "## headings", "> quotes", blocks between ```, and "[links]({{link}})" on a line of their own; {{placeholders}} and {{#sections}} are those of Mustache */
            body: string;
            createdBy: string;
            createdAt: string | null;
        };
        /** MailPreview */
        MailPreview: {
            subject: string;
            text: string;
            html: string;
        };
        /** Preview */
        Preview: {
            /** @description what it would need, and when the mail would leave */
            words: string;
            flow: {
                id: string;
                version: number;
                name: string;
            };
            /** @description whether this is the flow that the application would take */
            applies: boolean;
            levels: {
                level: number;
                name: string;
                approvals: number;
                skipped: string | null;
                /** @description who may decide it */
                people: components["schemas"]["Reference"][];
            }[];
            mailWouldLeaveAt: string | null;
            trouble: string | null;
            violations: components["schemas"]["Violation"][];
        };
        /** Delegation */
        Delegation: {
            id: string;
            delegator: components["schemas"]["Reference"];
            deputy: components["schemas"]["Reference"];
            /** Format: date-time */
            startsAt: string;
            /** Format: date-time */
            endsAt: string;
            reason: string | null;
            createdBy: string;
        };
        /** Colleague */
        Colleague: {
            /** @description the subject of the person's access tokens */
            id: string;
            name: string;
            enabled: boolean;
        };
        /** Person */
        Person: {
            /** @description the subject of the person's access tokens */
            id: string;
            /** @description one line of 1 to 255 characters, without control characters */
            name: string;
            /**
             * Format: email
             * @description a mail address, such as ada@example.com
             */
            email: string;
            /** @description roles, such as applicant or api-owner. Built in: applicant (writes applications); admin (keeps clients, APIs, flows and people; sees everything, decides nothing by that role); auditor (sees everything, changes nothing); portal (a program that applies on behalf of named applicants); gateway (a program that asks whether signed calls may pass). Any other names reviewers in flows */
            roles?: string[];
            /** @description the language of mails to them: en or zh-TW, or null for the default */
            language?: ("en" | "zh-TW") | null;
            enabled?: boolean;
            revision: number;
            /** Format: date-time */
            createdAt: string;
        };
        /** Session */
        Session: {
            person: {
                /** @description the subject of the person's access tokens */
                id: string;
                name: string;
                email: string;
                roles: string[];
                language: ("en" | "zh-TW") | null;
            };
            endsAt: string | null;
            /** @description how long it lasts unused */
            idleMinutes: number;
            service: {
                /** @enum {unknown} */
                mode: "production" | "development";
                /** @description whose days effective and expiry dates are */
                timeZone: string;
                /**
                 * @description whether mails hold the secret, or a link to it
                 * @enum {unknown}
                 */
                delivery: "mail" | "link";
                /** @description from the last approval to the mail */
                deliveryDelaySeconds: number;
                gatewayUrl: string | null;
                temporalUiUrl: string | null;
            };
        };
        /** Inbox */
        Inbox: {
            /** @description how many applications wait for you, counted up to 1000 */
            waiting: number;
            oldestSince: string | null;
        };
        /**
         * Settings
         * @description as the environment of this process has it; no secrets
         */
        Settings: {
            /** @enum {unknown} */
            mode: "production" | "development";
            publicUrl: string;
            timeZone: string;
            /** @description DELIVERY_DELAY: from the last approval to the mail */
            deliveryDelaySeconds: number;
            /**
             * @description DELIVERY
             * @enum {unknown}
             */
            delivery: "mail" | "link";
            /** @description REVEAL_EXPIRES_AFTER: how long a link to a secret works */
            linkLifetimeSeconds: number;
            mail: {
                server: string | null;
                /** @description whether it is demanded that the connection be encrypted */
                encrypted: boolean;
                from: string;
                brand: string;
                /** @enum {unknown} */
                defaultLanguage: "en" | "zh-TW";
            };
            gatewayUrl: string | null;
            session: {
                /** @description SESSION_IDLE_TIME */
                idleSeconds: number;
                /** @description SESSION_LIFETIME */
                lifetimeSeconds: number;
            };
            temporal: {
                namespace: string;
                uiUrl: string | null;
            };
        };
        /** TestMail */
        TestMail: {
            to: string;
            accepted: boolean;
            /** @description the words of the SMTP server, or why there are none */
            answer: string;
        };
        /** AuditRow */
        AuditRow: {
            seq: number;
            /** Format: date-time */
            at: string;
            action: string;
            actor: string;
            via: string | null;
            subject: {
                type: string;
                id: string;
            };
            requestId: string | null;
            details: {
                [key: string]: unknown;
            };
            /** @description whether what was personal in the details has been erased */
            erased: boolean;
            hash: string;
        };
        /** AuditVerification */
        AuditVerification: {
            /** @description whether everything below is as it should be */
            intact: boolean;
            /** Format: date-time */
            checkedAt: string;
            rows: number | null;
            head: string | null;
            erased: number | null;
            checkpoints: number | null;
            /** @description what is not as it should be, in words */
            findings: string[];
        };
        /** HistoryAct */
        HistoryAct: {
            round: number | null;
            level: number | null;
            levelName: string | null;
            /** @enum {unknown} */
            act: "approve" | "deny" | "return" | "withdraw" | "hold" | "release" | "recall" | "resend" | "correct-address" | "approve-address" | "deny-address";
            by: components["schemas"]["Reference"];
            inPlaceOf: components["schemas"]["Reference"] | null;
            /** @description an approval of an earlier level that counts here, too */
            carried: boolean;
            /** Format: date-time */
            at: string;
            comment: string | null;
        };
        /** HistoryEntry */
        HistoryEntry: {
            id: string;
            /** @enum {unknown} */
            kind: "apply" | "update" | "revoke";
            /** @enum {unknown} */
            state: "draft" | "pending" | "approved" | "issued" | "returned" | "delivered" | "completed" | "rejected" | "withdrawn" | "lapsed" | "recalled";
            /** @description as people call it: Pending Order */
            stateName: string;
            /** Format: date-time */
            stateSince: string;
            client: components["schemas"]["Reference"] | null;
            applicant: components["schemas"]["Reference"];
            keyName: string | null;
            description: string | null;
            effectiveOn: string | null;
            expiresOn: string | null;
            quota: number | null;
            /** @description how often it was submitted */
            round: number;
            /** Format: date-time */
            createdAt: string;
            submittedAt: string | null;
            decidedAt: string | null;
            deliveredAt: string | null;
            reason: string | null;
            key: {
                id: string;
                apiKey: string;
            } | null;
            /** @description verdicts level by level, and what else was done, such as holding or recalling */
            acts: components["schemas"]["HistoryAct"][];
            erasedAt: string | null;
        };
        /** Webhook */
        Webhook: {
            id: string;
            portalId: string | null;
            /**
             * Format: uri
             * @description where events are posted, such as https://portal.example.com/keygrant
             */
            url: string;
            /** @description at most 500 characters, without control characters */
            description: string;
            /** @description which events; empty for all of application.pending, application.approved, application.issued, application.returned, application.delivered, application.completed, application.rejected, application.withdrawn, application.lapsed, application.recalled, key.expiring, key.quota-warned, key.rotated, key.rotation-ended, key.suspended, key.resumed, key.leak-reported, key.reissued, key.revoked, key.expired, webhook.test */
            types: ("application.pending" | "application.approved" | "application.issued" | "application.returned" | "application.delivered" | "application.completed" | "application.rejected" | "application.withdrawn" | "application.lapsed" | "application.recalled" | "key.expiring" | "key.quota-warned" | "key.rotated" | "key.rotation-ended" | "key.suspended" | "key.resumed" | "key.leak-reported" | "key.reissued" | "key.revoked" | "key.expired" | "webhook.test")[];
            /** @description while false nothing is sent, and what happens meanwhile waits for up to 30 days */
            enabled: boolean;
            pausedBecause: ("by-hand" | "failing" | "gone") | null;
            lastDeliveredAt: string | null;
            revision: number;
            /** Format: date-time */
            createdAt: string;
        };
        /** WebhookDelivery */
        WebhookDelivery: {
            /** @description the `webhook-id` of every attempt */
            eventId: string;
            /** @enum {unknown} */
            type: "application.pending" | "application.approved" | "application.issued" | "application.returned" | "application.delivered" | "application.completed" | "application.rejected" | "application.withdrawn" | "application.lapsed" | "application.recalled" | "key.expiring" | "key.quota-warned" | "key.rotated" | "key.rotation-ended" | "key.suspended" | "key.resumed" | "key.leak-reported" | "key.reissued" | "key.revoked" | "key.expired" | "webhook.test";
            applicationId: string | null;
            /** Format: date-time */
            occurredAt: string;
            /**
             * @description failed: given up after three days of attempts
             * @enum {unknown}
             */
            state: "pending" | "delivered" | "failed";
            nextAttemptAt: string | null;
            attempts: {
                number: number;
                /** Format: date-time */
                startedAt: string;
                endedAt: string | null;
                succeeded: boolean | null;
                answer: string | null;
            }[];
        };
        /** SignedCall */
        SignedCall: {
            /** @description a method, such as GET */
            method: string;
            /** @description path and query as they stand in the request, such as /orders?page=2 */
            target: string;
            /** @description as they came: Authorization of a DGRK call, the others of a message signature (RFC 9421) */
            headers: {
                authorization?: string;
                "signature-input"?: string;
                signature?: string;
                "content-digest"?: string;
            };
            /** @description any text */
            body?: string;
            /** @description the bytes of the body in base64, instead of body */
            bodyBase64?: string;
        };
        /** Verdict */
        Verdict: {
            valid: boolean;
            reason: ("malformed" | "client-disabled" | "unauthorized" | "dgrk-refused" | "outside-window" | "suspended" | "revoked" | "not-yet-effective" | "expired" | "quota-used-up" | "api-not-permitted" | "replayed") | null;
            key: components["schemas"]["Reference"] | null;
            client: components["schemas"]["Reference"] | null;
            quota: {
                /** @description -1 for unlimited */
                limit: number;
                used: number;
            } | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    checkHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        ok: boolean;
                    };
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description Default Response */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readProblem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                code: "unauthenticated" | "unknown-person" | "person-disabled" | "foreign-page" | "sign-in-unknown" | "sign-in-failed" | "forbidden" | "not-found" | "invalid" | "malformed-request" | "precondition-required" | "revision-changed" | "idempotency-key-reused" | "already-exists" | "payload-too-large" | "unsupported-media-type" | "too-many-requests" | "too-many-streams" | "too-many-webhooks" | "not-editable" | "not-pending" | "level-decided" | "stale-digest" | "own-application" | "already-decided" | "not-a-reviewer" | "comment-required" | "not-the-applicant" | "not-concerned" | "too-late" | "already-held" | "not-held" | "not-the-applicant-or-admin" | "not-yet-mailed" | "already-resent" | "resend-limit" | "address-pending" | "no-address-change" | "other-address" | "own-request" | "link-unknown" | "link-expired" | "link-superseded" | "already-revealed" | "level-without-reviewer" | "key-ended" | "key-suspended" | "already-suspended" | "not-suspended" | "not-the-suspender" | "rotation-under-way" | "no-rotation" | "leak-reported" | "no-leak-reported" | "delegation-ended" | "malformed-decision" | "forged-decision" | "malformed-act" | "forged-act" | "repeated-act" | "forged-submission" | "repeated-decision" | "unknown-signal" | "call-unauthorized" | "api-not-permitted" | "quota-used-up" | "upstream-unreachable" | "upstream-timeout" | "upstream-failed" | "mail-unavailable" | "workflow-unavailable" | "unavailable" | "timeout" | "internal";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        code: string;
                        status: number;
                        meaning: string;
                    };
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    checkForwardedCall: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It may pass; the headers X-Keygrant-Key, X-Keygrant-Client and X-Keygrant-Api say whose it is and of what */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decodePayloads: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    payloads: {
                        metadata?: {
                            [key: string]: string;
                        };
                        /** @description base64 */
                        data?: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        payloads: {
                            metadata?: {
                                [key: string]: string;
                            };
                            /** @description base64 */
                            data?: string;
                        }[];
                    };
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    encodePayloads: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    payloads: {
                        metadata?: {
                            [key: string]: string;
                        };
                        /** @description base64 */
                        data?: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        payloads: {
                            metadata?: {
                                [key: string]: string;
                            };
                            /** @description base64 */
                            data?: string;
                        }[];
                    };
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApplications: {
        parameters: {
            query?: {
                limit?: number;
                /** @description the `next` of the page before */
                cursor?: string;
                state?: "draft" | "pending" | "approved" | "issued" | "returned" | "delivered" | "completed" | "rejected" | "withdrawn" | "lapsed" | "recalled";
                kind?: "apply" | "update" | "revoke";
                /** @description lower-case letters and digits, words joined by hyphens */
                clientId?: string;
                waitingFor?: "me";
                /** @description a part of the key's name, or an id */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ApplicationSummary"][];
                        next: string | null;
                    };
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    draftApplication: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same for every retry, such as a UUID */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDraft"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Application"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Application"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description an application id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Application"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag as you read it; needed */
                "if-match"?: string;
            };
            path: {
                /** @description an application id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeDraft: {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag as you read it; needed */
                "if-match"?: string;
            };
            path: {
                /** @description an application id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Draft"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Application"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    submitApplication: {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag as you read it */
                "if-match"?: string;
                /** @description the same for every retry, such as a UUID */
                "idempotency-key"?: string;
            };
            path: {
                /** @description an application id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Application"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Application"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decideOnApplication: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same for every retry, such as a UUID */
                "idempotency-key"?: string;
            };
            path: {
                /** @description an application id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    verdict: "approve" | "deny" | "return";
                    /** @description at most 2000 characters, without control characters */
                    comment?: string;
                    /** @description the level as you saw it; else the one that is open */
                    level?: number;
                    /** @description the digest of the application as you saw it */
                    digest: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionOutcome"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionOutcome"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decideOnApplications: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same for every retry, such as a UUID */
                "idempotency-key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description 1 to 50 decisions, of different applications */
                    decisions: {
                        /** @description an application id */
                        applicationId: string;
                        /** @enum {unknown} */
                        verdict: "approve" | "deny" | "return";
                        /** @description at most 2000 characters, without control characters */
                        comment?: string;
                        /** @description the level as you saw it; else the one that is open */
                        level?: number;
                        /** @description the digest of the application as you saw it */
                        digest: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DecisionResult"][];
                    };
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    withdrawApplication: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same for every retry, such as a UUID */
                "idempotency-key"?: string;
            };
            path: {
                /** @description an application id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description at most 2000 characters, without control characters */
                    comment?: string;
                } | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionOutcome"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionOutcome"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    holdApplication: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same for every retry, such as a UUID */
                "idempotency-key"?: string;
            };
            path: {
                /** @description an application id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description at most 2000 characters, without control characters */
                    comment?: string;
                } | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionOutcome"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionOutcome"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    releaseApplication: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same for every retry, such as a UUID */
                "idempotency-key"?: string;
            };
            path: {
                /** @description an application id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description at most 2000 characters, without control characters */
                    comment?: string;
                } | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionOutcome"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionOutcome"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    recallApplication: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same for every retry, such as a UUID */
                "idempotency-key"?: string;
            };
            path: {
                /** @description an application id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description at most 2000 characters, without control characters */
                    comment?: string;
                } | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionOutcome"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionOutcome"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resendCredentials: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same for every retry, such as a UUID */
                "idempotency-key"?: string;
            };
            path: {
                /** @description an application id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description at most 2000 characters, without control characters */
                    comment?: string;
                } | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionOutcome"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionOutcome"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestAddress: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same for every retry, such as a UUID */
                "idempotency-key"?: string;
            };
            path: {
                /** @description an application id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: email
                     * @description a mail address, such as ada@example.com
                     */
                    email: string;
                    /** @description at most 2000 characters, without control characters */
                    comment: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionOutcome"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionOutcome"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    decideOnAddress: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same for every retry, such as a UUID */
                "idempotency-key"?: string;
            };
            path: {
                /** @description an application id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {unknown} */
                    verdict: "approve" | "deny";
                    /**
                     * Format: email
                     * @description a mail address, such as ada@example.com
                     */
                    email?: string;
                    /** @description at most 2000 characters, without control characters */
                    comment?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionOutcome"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionOutcome"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listKeys: {
        parameters: {
            query?: {
                limit?: number;
                /** @description the `next` of the page before */
                cursor?: string;
                state?: "revoked" | "expired" | "suspended" | "not-yet-effective" | "effective";
                /** @description lower-case letters and digits, words joined by hyphens */
                clientId?: string;
                /** @description a part of the key's or its client's name, or the whole id or API key */
                q?: string;
                /** @description only keys that calls have been signed with in this way: dgrk lists who has not moved on */
                usedBy?: "dgrk" | "message";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Key"][];
                        next: string | null;
                    };
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a key id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    limitDgrk: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a key id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    until: string | null;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same for every retry, such as a UUID */
                "idempotency-key"?: string;
            };
            path: {
                /** @description a key id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description a duration such as 7d or 12h */
                    grace?: string;
                    /** @enum {unknown} */
                    until?: "unused";
                    /** @description with until; 7 where it is left out */
                    unusedDays?: number;
                    /** @description at most 2000 characters, without control characters */
                    comment?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyActOutcome"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyActOutcome"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    finishRotation: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same for every retry, such as a UUID */
                "idempotency-key"?: string;
            };
            path: {
                /** @description a key id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description at most 2000 characters, without control characters */
                    comment?: string;
                } | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyActOutcome"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyActOutcome"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    suspendKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same for every retry, such as a UUID */
                "idempotency-key"?: string;
            };
            path: {
                /** @description a key id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description at most 2000 characters, without control characters */
                    comment?: string;
                } | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyActOutcome"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyActOutcome"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same for every retry, such as a UUID */
                "idempotency-key"?: string;
            };
            path: {
                /** @description a key id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description at most 2000 characters, without control characters */
                    comment?: string;
                } | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyActOutcome"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyActOutcome"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same for every retry, such as a UUID */
                "idempotency-key"?: string;
            };
            path: {
                /** @description a key id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description at most 2000 characters, without control characters */
                    comment?: string;
                } | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyActOutcome"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyActOutcome"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reportLeak: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same for every retry, such as a UUID */
                "idempotency-key"?: string;
            };
            path: {
                /** @description a key id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description at most 2000 characters, without control characters */
                    comment?: string;
                } | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyActOutcome"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyActOutcome"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reissueKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description the same for every retry, such as a UUID */
                "idempotency-key"?: string;
            };
            path: {
                /** @description a key id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description at most 2000 characters, without control characters */
                    comment?: string;
                } | null;
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyActOutcome"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyActOutcome"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readKeyTrail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a key id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TrailEntry"][];
                    };
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readKeyCalls: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a key id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["DayOfCalls"][];
                    };
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revealSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a key id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description what follows the first dot in the fragment of the link */
                    token: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        apiKey: string;
                        secretKey: string;
                    };
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listClients: {
        parameters: {
            query?: {
                limit?: number;
                /** @description the `next` of the page before */
                cursor?: string;
                /** @description a part of the id, the name */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Client"][];
                        next: string | null;
                    };
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addClient: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description lower-case letters and digits, words joined by hyphens */
                    id: string;
                    /** @description one line of 1 to 255 characters, without control characters */
                    name: string;
                    /** @description where credentials go */
                    emails: string[];
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description lower-case letters and digits, words joined by hyphens */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeClient: {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag as you read it; needed */
                "if-match"?: string;
            };
            path: {
                /** @description lower-case letters and digits, words joined by hyphens */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description one line of 1 to 255 characters, without control characters */
                    name?: string;
                    /** @description where credentials go */
                    emails?: string[];
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listClientKeys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description an application id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["ClientKey"][];
                    };
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApis: {
        parameters: {
            query?: {
                limit?: number;
                /** @description the `next` of the page before */
                cursor?: string;
                /** @description a part of the id, the name or method and path */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Api"][];
                        next: string | null;
                    };
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description lower-case letters and digits, words joined by hyphens */
                    id: string;
                    /** @description one line of 1 to 255 characters, without control characters */
                    name: string;
                    /** @enum {unknown} */
                    method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" | "*";
                    /** @description a path pattern, such as /orders, /orders/{id} or /orders/* */
                    path: string;
                    /**
                     * Format: uri
                     * @description where the gateway sends calls, such as https://orders.internal/v2
                     */
                    upstreamUrl: string;
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Api"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readApi: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description lower-case letters and digits, words joined by hyphens */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Api"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeApi: {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag as you read it; needed */
                "if-match"?: string;
            };
            path: {
                /** @description lower-case letters and digits, words joined by hyphens */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description one line of 1 to 255 characters, without control characters */
                    name?: string;
                    /** @enum {unknown} */
                    method?: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" | "*";
                    /** @description a path pattern, such as /orders, /orders/{id} or /orders/* */
                    path?: string;
                    /**
                     * Format: uri
                     * @description where the gateway sends calls, such as https://orders.internal/v2
                     */
                    upstreamUrl?: string;
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Api"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    importApis: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiImport"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiImportResult"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFlows: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Flow"][];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readFlow: {
        parameters: {
            query?: {
                version?: number;
            };
            header?: never;
            path: {
                /** @description lower-case letters and digits, words joined by hyphens */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Flow"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    storeFlow: {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag as you read it */
                "if-match"?: string;
            };
            path: {
                /** @description lower-case letters and digits, words joined by hyphens */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewFlow"];
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Flow"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMailTemplates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailTemplateSummary"][];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readMailTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description what the mail is about */
                kind: "review" | "reminder" | "escalation" | "rejection" | "lapse" | "return" | "recall" | "update" | "revocation" | "credentials" | "credentials-link" | "link-reminder" | "address-review" | "address-approved" | "address-denied" | "rotation" | "rotation-link" | "expiry-reminder" | "quota-warning" | "suspension" | "resumption" | "leak" | "leak-report" | "revoked-at-once";
                language: "en" | "zh-TW";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailTemplate"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    storeMailTemplate: {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag as you read it; needed */
                "if-match"?: string;
            };
            path: {
                /** @description what the mail is about */
                kind: "review" | "reminder" | "escalation" | "rejection" | "lapse" | "return" | "recall" | "update" | "revocation" | "credentials" | "credentials-link" | "link-reminder" | "address-review" | "address-approved" | "address-denied" | "rotation" | "rotation-link" | "expiry-reminder" | "quota-warning" | "suspension" | "resumption" | "leak" | "leak-report" | "revoked-at-once";
                language: "en" | "zh-TW";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description one line of at most 200 characters; {{placeholders}} and {{#sections}} are those of Mustache */
                    subject: string;
                    /** @description at most 20000 characters of paragraphs, "## headings", "> quotes", blocks between ```, and "[links]({{link}})" on a line of their own; {{placeholders}} and {{#sections}} are those of Mustache */
                    body: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailTemplate"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMailTemplateVersions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description what the mail is about */
                kind: "review" | "reminder" | "escalation" | "rejection" | "lapse" | "return" | "recall" | "update" | "revocation" | "credentials" | "credentials-link" | "link-reminder" | "address-review" | "address-approved" | "address-denied" | "rotation" | "rotation-link" | "expiry-reminder" | "quota-warning" | "suspension" | "resumption" | "leak" | "leak-report" | "revoked-at-once";
                language: "en" | "zh-TW";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailTemplateVersion"][];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewMailTemplate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description what the mail is about */
                kind: "review" | "reminder" | "escalation" | "rejection" | "lapse" | "return" | "recall" | "update" | "revocation" | "credentials" | "credentials-link" | "link-reminder" | "address-review" | "address-approved" | "address-denied" | "rotation" | "rotation-link" | "expiry-reminder" | "quota-warning" | "suspension" | "resumption" | "leak" | "leak-report" | "revoked-at-once";
                language: "en" | "zh-TW";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description one line of at most 200 characters; {{placeholders}} and {{#sections}} are those of Mustache */
                    subject?: string;
                    /** @description at most 20000 characters of paragraphs, "## headings", "> quotes", blocks between ```, and "[links]({{link}})" on a line of their own; {{placeholders}} and {{#sections}} are those of Mustache */
                    body?: string;
                    /** @description an application id */
                    applicationId?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailPreview"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewFlow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description lower-case letters and digits, words joined by hyphens */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewDraft"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewApplication: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description an application id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preview"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDelegations: {
        parameters: {
            query?: {
                limit?: number;
                /** @description the `next` of the page before */
                cursor?: string;
                /** @description only those that have not ended */
                open?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Delegation"][];
                        next: string | null;
                    };
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addDelegation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the subject of the person's access tokens */
                    deputyId: string;
                    /** @description yourself, unless you are an admin */
                    delegatorId?: string;
                    /**
                     * Format: date-time
                     * @description now, unless given; such as 2026-12-24T08:00:00Z
                     */
                    startsAt?: string;
                    /**
                     * Format: date-time
                     * @description at most 366 days after its start
                     */
                    endsAt: string;
                    /** @description one line of 1 to 255 characters, without control characters */
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delegation"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    endDelegation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a delegation id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delegation"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listColleagues: {
        parameters: {
            query?: {
                limit?: number;
                /** @description the `next` of the page before */
                cursor?: string;
                /** @description a part of the id or the name */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Colleague"][];
                        next: string | null;
                    };
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPeople: {
        parameters: {
            query?: {
                limit?: number;
                /** @description the `next` of the page before */
                cursor?: string;
                /** @description a part of the id, the name */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Person"][];
                        next: string | null;
                    };
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addPerson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description the subject of the person's access tokens */
                    id: string;
                    /** @description one line of 1 to 255 characters, without control characters */
                    name: string;
                    /**
                     * Format: email
                     * @description a mail address, such as ada@example.com
                     */
                    email: string;
                    /** @description roles, such as applicant or api-owner. Built in: applicant (writes applications); admin (keeps clients, APIs, flows and people; sees everything, decides nothing by that role); auditor (sees everything, changes nothing); portal (a program that applies on behalf of named applicants); gateway (a program that asks whether signed calls may pass). Any other names reviewers in flows */
                    roles?: string[];
                    /** @description the language of mails to them: en or zh-TW, or null for the default */
                    language?: ("en" | "zh-TW") | null;
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description the subject of the person's access tokens */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changePerson: {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag as you read it; needed */
                "if-match"?: string;
            };
            path: {
                /** @description the subject of the person's access tokens */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description one line of 1 to 255 characters, without control characters */
                    name?: string;
                    /**
                     * Format: email
                     * @description a mail address, such as ada@example.com
                     */
                    email?: string;
                    /** @description roles, such as applicant or api-owner. Built in: applicant (writes applications); admin (keeps clients, APIs, flows and people; sees everything, decides nothing by that role); auditor (sees everything, changes nothing); portal (a program that applies on behalf of named applicants); gateway (a program that asks whether signed calls may pass). Any other names reviewers in flows */
                    roles?: string[];
                    /** @description the language of mails to them: en or zh-TW, or null for the default */
                    language?: ("en" | "zh-TW") | null;
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readCaller: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description the subject of the person's access tokens */
                        id: string;
                        name: string;
                        /** @description roles, such as applicant or api-owner. Built in: applicant (writes applications); admin (keeps clients, APIs, flows and people; sees everything, decides nothing by that role); auditor (sees everything, changes nothing); portal (a program that applies on behalf of named applicants); gateway (a program that asks whether signed calls may pass). Any other names reviewers in flows */
                        roles: string[];
                        via: string | null;
                    };
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readInbox: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inbox"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description as the environment of this process has it; no secrets */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sendTestMail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestMail"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAuditRows: {
        parameters: {
            query?: {
                limit?: number;
                /** @description the `next` of the page before */
                cursor?: string;
                /** @description such as application.submitted */
                action?: string;
                /** @description a person's id, or keygrant */
                actor?: string;
                /** @description what it happened to */
                subjectId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["AuditRow"][];
                        next: string | null;
                    };
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyAudit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditVerification"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    searchHistory: {
        parameters: {
            query?: {
                limit?: number;
                /** @description the `next` of the page before */
                cursor?: string;
                kind?: "apply" | "update" | "revoke";
                /** @description lower-case letters and digits, words joined by hyphens */
                clientId?: string;
                /** @description the subject of the person's access tokens */
                applicantId?: string;
                /** @description who gave a verdict on it, or in whose place it was given, in any round */
                reviewerId?: string;
                state?: "draft" | "pending" | "approved" | "issued" | "returned" | "delivered" | "completed" | "rejected" | "withdrawn" | "lapsed" | "recalled";
                /** @description first day of submission, in the configured time zone */
                from?: string;
                /** @description last day of submission, inclusive */
                to?: string;
                /** @description a part of the key's name, description, a comment or a name; or a whole id */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["HistoryEntry"][];
                        next: string | null;
                    };
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportHistory: {
        parameters: {
            query?: {
                kind?: "apply" | "update" | "revoke";
                /** @description lower-case letters and digits, words joined by hyphens */
                clientId?: string;
                /** @description the subject of the person's access tokens */
                applicantId?: string;
                /** @description who gave a verdict on it, or in whose place it was given, in any round */
                reviewerId?: string;
                state?: "draft" | "pending" | "approved" | "issued" | "returned" | "delivered" | "completed" | "rejected" | "withdrawn" | "lapsed" | "recalled";
                /** @description first day of submission, in the configured time zone */
                from?: string;
                /** @description last day of submission, inclusive */
                to?: string;
                /** @description a part of the key's name, description, a comment or a name; or a whole id */
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readTrail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description an application id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["TrailEntry"][];
                    };
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    followApplication: {
        parameters: {
            query?: never;
            header?: {
                /** @description the id of the last event that was received */
                "last-event-id"?: string;
            };
            path: {
                /** @description an application id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events named timeline, each with this as JSON: at, action, words, by, via, comment */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                limit?: number;
                /** @description the `next` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["Webhook"][];
                        next: string | null;
                    };
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: uri
                     * @description where events are posted, such as https://portal.example.com/keygrant
                     */
                    url: string;
                    /** @description for admins: whose applications it is told of, or null for all */
                    portalId?: string | null;
                    /** @description at most 500 characters, without control characters */
                    description?: string;
                    /** @description which events; empty for all of application.pending, application.approved, application.issued, application.returned, application.delivered, application.completed, application.rejected, application.withdrawn, application.lapsed, application.recalled, key.expiring, key.quota-warned, key.rotated, key.rotation-ended, key.suspended, key.resumed, key.leak-reported, key.reissued, key.revoked, key.expired, webhook.test */
                    types?: ("application.pending" | "application.approved" | "application.issued" | "application.returned" | "application.delivered" | "application.completed" | "application.rejected" | "application.withdrawn" | "application.lapsed" | "application.recalled" | "key.expiring" | "key.quota-warned" | "key.rotated" | "key.rotation-ended" | "key.suspended" | "key.resumed" | "key.leak-reported" | "key.reissued" | "key.revoked" | "key.expired" | "webhook.test")[];
                    /** @description while false nothing is sent, and what happens meanwhile waits for up to 30 days */
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        portalId: string | null;
                        /**
                         * Format: uri
                         * @description where events are posted, such as https://portal.example.com/keygrant
                         */
                        url: string;
                        /** @description at most 500 characters, without control characters */
                        description: string;
                        /** @description which events; empty for all of application.pending, application.approved, application.issued, application.returned, application.delivered, application.completed, application.rejected, application.withdrawn, application.lapsed, application.recalled, key.expiring, key.quota-warned, key.rotated, key.rotation-ended, key.suspended, key.resumed, key.leak-reported, key.reissued, key.revoked, key.expired, webhook.test */
                        types: ("application.pending" | "application.approved" | "application.issued" | "application.returned" | "application.delivered" | "application.completed" | "application.rejected" | "application.withdrawn" | "application.lapsed" | "application.recalled" | "key.expiring" | "key.quota-warned" | "key.rotated" | "key.rotation-ended" | "key.suspended" | "key.resumed" | "key.leak-reported" | "key.reissued" | "key.revoked" | "key.expired" | "webhook.test")[];
                        /** @description while false nothing is sent, and what happens meanwhile waits for up to 30 days */
                        enabled: boolean;
                        pausedBecause: ("by-hand" | "failing" | "gone") | null;
                        lastDeliveredAt: string | null;
                        revision: number;
                        /** Format: date-time */
                        createdAt: string;
                        /** @description whsec_…, shown this once; deliveries are signed with it */
                        secret: string;
                    };
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a webhook id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag as you read it; needed */
                "if-match"?: string;
            };
            path: {
                /** @description a webhook id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description the ETag as you read it; needed */
                "if-match"?: string;
            };
            path: {
                /** @description a webhook id */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * Format: uri
                     * @description where events are posted, such as https://portal.example.com/keygrant
                     */
                    url?: string;
                    /** @description at most 500 characters, without control characters */
                    description?: string;
                    /** @description which events; empty for all of application.pending, application.approved, application.issued, application.returned, application.delivered, application.completed, application.rejected, application.withdrawn, application.lapsed, application.recalled, key.expiring, key.quota-warned, key.rotated, key.rotation-ended, key.suspended, key.resumed, key.leak-reported, key.reissued, key.revoked, key.expired, webhook.test */
                    types?: ("application.pending" | "application.approved" | "application.issued" | "application.returned" | "application.delivered" | "application.completed" | "application.rejected" | "application.withdrawn" | "application.lapsed" | "application.recalled" | "key.expiring" | "key.quota-warned" | "key.rotated" | "key.rotation-ended" | "key.suspended" | "key.resumed" | "key.leak-reported" | "key.reissued" | "key.revoked" | "key.expired" | "webhook.test")[];
                    /** @description while false nothing is sent, and what happens meanwhile waits for up to 30 days */
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replaceWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a webhook id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description whsec_…, shown this once; deliveries are signed with it */
                        secret: string;
                        /** Format: date-time */
                        previousUntil: string;
                    };
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                limit?: number;
                /** @description the `next` of the page before */
                cursor?: string;
                state?: "pending" | "delivered" | "failed";
            };
            header?: never;
            path: {
                /** @description a webhook id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: components["schemas"]["WebhookDelivery"][];
                        next: string | null;
                    };
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a webhook id */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redeliverEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description a webhook id */
                id: string;
                /** @description an event id from the delivery log */
                eventId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyCall: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignedCall"];
            };
        };
        responses: {
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verdict"];
                };
            };
            /** @description A problem */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A problem */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
