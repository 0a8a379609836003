using MigrationPortal.Domain.Cohorts;
using MigrationPortal.World;
using CiVariable = MigrationPortal.Domain.Cohorts.CiVariable;

namespace MigrationPortal.Infrastructure.Tests.GitLab.Desk;

public sealed class VariableDeskTests(DeskWorld world) : IClassFixture<DeskWorld>
{
    private IVariableDesk Desk => world.Get<IVariableDesk>();

    private VariablePlace Place => new VariablePlace.OfProject(world.Project);

    [Fact]
    public async Task Variable_LivesByKeyAndScope()
    {
        var made = DeskWorld.Done(await Desk.CreateAsync(world.Maintainer, Place, new("RUNNER_TAG", "", Description: "By the portal"), default));
        made.ShouldBe(new CiVariable("RUNNER_TAG", "", "*", false, false, false, false, false));
        DeskWorld.Done(await Desk.CreateAsync(world.Maintainer, Place, new("RUNNER_TAG", "k8s-large", "review/*"), default)).Scope.ShouldBe("review/*");

        var no = DeskWorld.Refused(await Desk.CreateAsync(world.Maintainer, Place, new("RUNNER_TAG", "x"), default));
        no.Code.ShouldBe(DeskCode.Conflict);
        no.Reasons.Single().ShouldContain("has already been taken");

        DeskWorld.Done(await Desk.UpdateAsync(world.Maintainer, Place, "RUNNER_TAG", "*", "k8s-default", default)).Value.ShouldBe("k8s-default");
        DeskWorld.Done(await Desk.FindAsync(world.Maintainer, Place, "RUNNER_TAG", "*", default))!.Value.ShouldBe("k8s-default");
        DeskWorld.Done(await Desk.FindAsync(world.Maintainer, Place, "RUNNER_TAG", "review/*", default))!.Value.ShouldBe("k8s-large");
        DeskWorld.Done(await Desk.FindAsync(world.Maintainer, Place, "RUNNER_TAG", "production", default)).ShouldBeNull();

        DeskWorld.Done(await Desk.DeleteAsync(world.Maintainer, Place, "RUNNER_TAG", "review/*", default)).ShouldBeTrue();
        DeskWorld.Done(await Desk.DeleteAsync(world.Maintainer, Place, "RUNNER_TAG", "review/*", default)).ShouldBeFalse();
        DeskWorld.Done(await Desk.FindAsync(world.Maintainer, Place, "RUNNER_TAG", "*", default))!.Value.ShouldBe("k8s-default");
        DeskWorld.Refused(await Desk.UpdateAsync(world.Maintainer, Place, "RUNNER_TAG", "review/*", "x", default)).Code.ShouldBe(DeskCode.NotFound);
    }

    [Fact]
    public async Task Values_AreNeverListedNorPrinted()
    {
        var owner = new VariableOwner(VariableLevel.Project, (int)world.Project.Number);
        world.World(one => one.Apply(new CreateVariable(owner, new("DEPLOY_KEY", "s3cret-value-of-theirs", Masked: true, Protected: true))).Ok).ShouldBeTrue();
        world.World(one => one.Apply(new CreateVariable(owner, new("HIDDEN_KEY", "s3cret-value-of-theirs", Masked: true, Hidden: true))).Ok).ShouldBeTrue();

        var all = DeskWorld.Done(await Desk.ListAsync(world.Maintainer, Place, default));
        all.ShouldAllBe(one => one.Value == null);
        all.Single(one => one.Key == "DEPLOY_KEY").ShouldSatisfyAllConditions(one => one.Masked.ShouldBeTrue(), one => one.Protected.ShouldBeTrue());
        DeskWorld.Done(await Desk.FindAsync(world.Maintainer, Place, "HIDDEN_KEY", "*", default))!.ShouldSatisfyAllConditions(one => one.Value.ShouldBeNull(), one => one.Hidden.ShouldBeTrue());
        $"{DeskWorld.Done(await Desk.FindAsync(world.Maintainer, Place, "DEPLOY_KEY", "*", default))}".ShouldNotContain("s3cret");
        $"{new NewVariable("K", "s3cret")}".ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task MaskedVariable_WithAShortValue_IsInvalid_AndProtectionStays()
    {
        var owner = new VariableOwner(VariableLevel.Project, (int)world.Project.Number);
        world.World(one => one.Apply(new CreateVariable(owner, new("MASKED_TAG", "long-enough-value", Masked: true, Protected: true))).Ok).ShouldBeTrue();

        var no = DeskWorld.Refused(await Desk.UpdateAsync(world.Maintainer, Place, "MASKED_TAG", "*", "k8s", default));
        (no.Code, no.Reasons.Single()).ShouldBe((DeskCode.Invalid, "value: is invalid"));
        DeskWorld.Done(await Desk.UpdateAsync(world.Maintainer, Place, "MASKED_TAG", "*", "k8s-default", default)).ShouldBe(new CiVariable("MASKED_TAG", "k8s-default", "*", true, true, false, false, false));
    }

    [Fact]
    public async Task Variable_WithABadKey_IsInvalid() =>
        DeskWorld.Refused(await Desk.CreateAsync(world.Maintainer, Place, new("not a key", "x"), default)).Code.ShouldBe(DeskCode.Invalid);

    [Fact]
    public async Task Variables_AreForMaintainers_AGroupsForOwners()
    {
        DeskWorld.Refused(await Desk.ListAsync(world.Developer, Place, default)).Code.ShouldBe(DeskCode.Forbidden);
        DeskWorld.Refused(await Desk.CreateAsync(world.Developer, Place, new("A", "b"), default)).Code.ShouldBe(DeskCode.Forbidden);
        DeskWorld.Refused(await Desk.FindAsync(world.Stranger, Place, "A", "*", default)).Code.ShouldBe(DeskCode.NotFound);

        var group = new VariablePlace.OfGroup(world.Group);
        DeskWorld.Done(await Desk.CreateAsync(world.Owner, group, new("RUNNER_TAG", "k8s-default"), default)).Value.ShouldBe("k8s-default");
        DeskWorld.Done(await Desk.ListAsync(world.Owner, group, default)).ShouldContain(one => one.Key == "RUNNER_TAG");
        DeskWorld.Done(await Desk.DeleteAsync(world.Owner, group, "RUNNER_TAG", "*", default)).ShouldBeTrue();
        DeskWorld.Refused(await Desk.CreateAsync(world.Developer, group, new("RUNNER_TAG", "x"), default)).Code.ShouldBe(DeskCode.Forbidden);
    }
}
