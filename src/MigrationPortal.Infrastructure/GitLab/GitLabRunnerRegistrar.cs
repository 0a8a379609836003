using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>Creates runners by <c>POST /user/runners</c> (16.0 on) with the write token, in one try.</summary>
internal sealed class GitLabRunnerRegistrar(GitLabClients clients, InstanceDirectory instances) : IRunnerRegistrar
{
    public async Task<RegistrarAnswer> CreateAsync(InstanceId instance, string description, RunnerAttributes attributes, string? maintenanceNote, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        if (instances.Find(instance)?.CanWrite != true)
            return new RegistrarAnswer.Refused(403, $"'{instance}' is in observe mode: no WriteToken is configured for it.");
        var wanted = new NewRunnerDto("instance_type", description, [.. attributes.Tags], attributes.RunUntagged, attributes.Paused, maintenanceNote);
        try
        {
            var response = await clients.For(instance, GitLabChannel.Changing).CreateRunnerAsync(wanted, Purposes.Operation, true, cancel).ConfigureAwait(false);
            response.Arrived(instance);
            if (!response.IsSuccessStatusCode) return new RegistrarAnswer.Refused((int?)response.StatusCode ?? 0, response.Message());
            var made = response.Required(instance);
            return new RegistrarAnswer.Created(new RunnerId(instance, made.Id), made.Token);
        }
        catch (GitLabUnavailableException fault)
        {
            return new RegistrarAnswer.Unknown(fault.Message);
        }
    }

    public async Task<RegistrarAnswer> ResetTokenAsync(RunnerId runner, CancellationToken cancel)
    {
        if (instances.Find(runner.Instance)?.CanWrite != true) return new RegistrarAnswer.Refused(403, $"'{runner.Instance}' is in observe mode: no WriteToken is configured for it.");
        try
        {
            var response = await clients.For(runner.Instance, GitLabChannel.Changing).ResetRunnerTokenAsync(runner.Number, Purposes.Operation, true, cancel).ConfigureAwait(false);
            response.Arrived(runner.Instance);
            return response.IsSuccessStatusCode ? new RegistrarAnswer.Created(runner, response.Required(runner.Instance).Token) : new RegistrarAnswer.Refused((int?)response.StatusCode ?? 0, response.Message());
        }
        catch (GitLabUnavailableException fault)
        {
            return new RegistrarAnswer.Unknown(fault.Message);
        }
    }
}
