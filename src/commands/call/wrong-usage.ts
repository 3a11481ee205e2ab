/** The command cannot be carried out as it was given; nothing was sent. The message says what would be right. */
export class WrongUsage extends Error {}
