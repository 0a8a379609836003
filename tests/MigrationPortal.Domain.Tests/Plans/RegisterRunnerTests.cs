using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Plans;

public class RegisterRunnerTests
{
    private static readonly NewRunner Wanted = new("k8s-9", RunnerRole.Kubernetes, Make.Tags("k8s-default"), false);

    private readonly Portal _portal = new(ApplyPlanTests.Context());
    private readonly FakeRegistrar _registrar = new();

    [Fact]
    public async Task Register_AuditsTheWishAndTheRunner()
    {
        var made = (await RunAsync(_portal.Audit)).Result();

        (made.Token, made.Warning).ShouldBe(("glrt-once", null));
        _portal.Audit.Entries.Select(entry => (entry.What, entry.Subject)).ShouldBe([("runner.create", "runners"), ("runner.created", "runner/11")]);
    }

    [Fact]
    public async Task Register_AuditFailsAfterGitLabMadeTheRunner_StillGivesTheToken()
    {
        var made = (await RunAsync(new FailingAudit(1))).Result();

        made.Token.ShouldBe("glrt-once");
        made.Warning.ShouldNotBeNull().ShouldContain("Runner 11 exists");
        made.Warning.ShouldNotContain("glrt-once");
    }

    [Fact]
    public async Task Register_AuditFailsBefore_MakesNoRunner()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => RunAsync(new FailingAudit(0)));

        _registrar.Calls.ShouldBe(0);
    }

    private Task<Outcome<RegisteredRunner>> RunAsync(IAuditTrail audit) =>
        new RegisterRunner(_registrar, new FreshFleet(_portal.GitLab, _portal.Fleet), _portal.Fleet, _portal, audit, _portal)
            .RunAsync(Make.Production, Wanted, Make.Admin, "growing", default);

    private sealed class FakeRegistrar : IRunnerRegistrar
    {
        public int Calls { get; private set; }

        public Task<RegistrarAnswer> CreateAsync(InstanceId instance, string description, RunnerAttributes attributes, string? maintenanceNote, CancellationToken cancel)
        {
            Calls++;
            return Task.FromResult<RegistrarAnswer>(new RegistrarAnswer.Created(Make.Id(11), "glrt-once"));
        }

        public Task<RegistrarAnswer> ResetTokenAsync(RunnerId runner, CancellationToken cancel) => throw new NotSupportedException();
    }

    /// <summary>Takes so many entries, then the database is gone.</summary>
    private sealed class FailingAudit(int takes) : IAuditTrail
    {
        private int _taken;

        public Task AppendAsync(AuditEntry entry, CancellationToken cancel) =>
            _taken++ < takes ? Task.CompletedTask : Task.FromException(new InvalidOperationException("The database is gone."));

        public Task<T> ChangeAsync<T>(Func<Task<(T Result, AuditEntry? Entry)>> change, CancellationToken cancel) => throw new NotSupportedException();

        public Task<IReadOnlyList<AuditRecord>> NewestAsync(int limit, long? before, CancellationToken cancel) => throw new NotSupportedException();

        public Task<bool> HasAsync(InstanceId instance, string what, string subject, CancellationToken cancel) => throw new NotSupportedException();

        public Task<AuditVerdict> VerifyAsync(CancellationToken cancel) => throw new NotSupportedException();
    }
}
