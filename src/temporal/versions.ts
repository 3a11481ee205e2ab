import { type Client, isGrpcServiceError } from '@temporalio/client';

/** A build of the worker as Temporal knows it. */
export interface Version {
  buildId: string;
  /** Share of open and new applications that run on it, in percent: 100 for the current one. */
  share: number;
  firstSeen: Date | undefined;
}

/** gRPC's codes for a deployment or a build that is not there, and for one that does not do yet. */
const refusals: readonly number[] = [5, 9];

/** Which build of the worker runs applications; see https://docs.temporal.io/worker-deployments */
export function createVersions(client: Client, deploymentName: string) {
  const { namespace } = client.options;

  return {
    /** Every build that has asked for work, the newest first. */
    async list(): Promise<Version[]> {
      const { versionSummaries, routingConfig } = await describe();
      const { currentDeploymentVersion, rampingDeploymentVersion, rampingVersionPercentage } =
        routingConfig ?? {};
      const ramped = rampingDeploymentVersion ? Number(rampingVersionPercentage) : 0;
      const shareOf = (buildId: string) => {
        if (buildId === rampingDeploymentVersion?.buildId) return ramped;
        return buildId === currentDeploymentVersion?.buildId ? 100 - ramped : 0;
      };
      return (versionSummaries ?? [])
        .map(({ deploymentVersion, createTime }) => ({
          buildId: deploymentVersion?.buildId ?? '',
          share: shareOf(deploymentVersion?.buildId ?? ''),
          firstSeen: createTime?.seconds ? new Date(Number(createTime.seconds) * 1000) : undefined,
        }))
        .toSorted((a, b) => Number(b.firstSeen) - Number(a.firstSeen));
    },

    /** Gives every application to a build. Its workers must have asked for work already. */
    async makeCurrent(buildId: string): Promise<void> {
      await sayingWhy(buildId, async () => {
        const { conflictToken } = await describe();
        await client.workflowService.setWorkerDeploymentCurrentVersion({
          namespace,
          deploymentName,
          buildId,
          ...(conflictToken && { conflictToken }),
        });
      });
    },

    /** Gives a share of all applications to a build, always the same ones; the current build keeps the others. */
    async ramp(buildId: string, percentage: number): Promise<void> {
      await sayingWhy(buildId, async () => {
        const { conflictToken } = await describe();
        await client.workflowService.setWorkerDeploymentRampingVersion({
          namespace,
          deploymentName,
          buildId,
          percentage,
          ...(conflictToken && { conflictToken }),
        });
      });
    },
  };

  async function describe() {
    const { workerDeploymentInfo, conflictToken } = await client.workflowService.describeWorkerDeployment({
      namespace,
      deploymentName,
    });
    return { ...workerDeploymentInfo, conflictToken };
  }

  async function sayingWhy(buildId: string, change: () => Promise<void>): Promise<void> {
    try {
      await change();
    } catch (error) {
      if (!isGrpcServiceError(error) || !refusals.includes(error.code)) throw error;
      throw new Error(
        `Build ${buildId} of the deployment ${deploymentName} cannot be given applications: ${error.details}. ` +
          'A worker with that WORKER_BUILD_ID and WORKER_DEPLOYMENT_NAME must be running.',
        { cause: error },
      );
    }
  }
}
