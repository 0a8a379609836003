using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.RunnerConfig;

public sealed class ConfigStoreTests(PostgresFixture postgres)
{
    private static readonly RunnerConfiguration Content = new(DeploymentKind.Operator, "[[runners]]\n", new Version(19, 3, 0), new DeploymentSettings { PodSecurity = PodSecurityLevel.Restricted, Egress = [new("LDAP", null, "ldap", [636])], Extra = "a: 1\n", CacheSecret = null });

    [Fact]
    public async Task Revisions_AreAppended_OneAfterTheOther_AndComeBackAsTheyWere()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var configs = store.Get<IConfigStore>();
        var added = (await configs.AddAsync(StoreFixture.Production, "One", Revision(1), default))!;
        (await configs.AddAsync(StoreFixture.Production, "one", Revision(1), default)).ShouldBeNull("names are one whatever their case");
        (await configs.AddAsync(new InstanceId("qa"), "one", Revision(1), default)).ShouldNotBeNull();

        (await configs.AppendAsync(added.Id, "Two", Revision(3), default)).ShouldBeFalse("2 comes next");
        (await configs.AppendAsync(added.Id, "Two", Revision(2), default)).ShouldBeTrue();
        (await configs.AppendAsync(added.Id, "Two", Revision(2), default)).ShouldBeFalse("somebody was first");
        var found = (await configs.FindAsync(added.Id, default))!;
        (found.Name, found.Current.Number, found.Current.Reason, found.Current.Author, found.Current.At).ShouldBe(("Two", 2, "because 2", Actor.Portal, StoreFixture.Noon));
        found.Current.Remarks.ShouldBe(["said"]);
        ConfigFingerprint.Of(found.Current.Content).ShouldBe(ConfigFingerprint.Of(Content));
        (await configs.RevisionsAsync(added.Id, 10, null, default)).Select(one => one.Number).ShouldBe([2, 1]);
        (await configs.RevisionsAsync(added.Id, 10, 2, default)).Select(one => one.Number).ShouldBe([1]);
        (await configs.HeadersAsync(added.Id, 10, null, default)).ShouldBe((await configs.RevisionsAsync(added.Id, 10, null, default)).Select(RevisionHeader.Of));
        (await configs.HeadersAsync(added.Id, 1, 2, default)).Select(one => one.Number).ShouldBe([1]);
        (await configs.RevisionAsync(added.Id, 3, default)).ShouldBeNull();
        (await configs.ListAsync(StoreFixture.Production, default)).ShouldHaveSingleItem().Name.ShouldBe("Two");
    }

    [Fact]
    public async Task OfTwoAtOnce_OneIsNext()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var configs = store.Get<IConfigStore>();
        var added = (await configs.AddAsync(StoreFixture.Production, "raced", Revision(1), default))!;

        var won = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => configs.AppendAsync(added.Id, "raced", Revision(2), default)));

        won.Count(one => one).ShouldBe(1);
    }

    private static ConfigRevision Revision(int number) => new(number, Content, Actor.Portal, StoreFixture.Noon, $"because {number}", ["said"]);
}
