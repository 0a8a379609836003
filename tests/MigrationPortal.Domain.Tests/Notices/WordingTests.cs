using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Notices;

public sealed class WordingTests : IWorldClock
{
    private readonly MemoryWordings own = new();
    private readonly MemoryAudit audit = new();

    [Theory]
    [InlineData("invitation.text", "Dear {count} people: {projects}", null)]
    [InlineData("invitation.text", "  ", "It must say something. To have the usual words again, take yours back.")]
    [InlineData("invitation.text", "For {name}: {projects} {name}", "{name} means nothing here. There is {count}, {projects}.")]
    [InlineData("my-projects.lead", "Ask {team}.", "{team} means nothing here: this text has no braces.")]
    [InlineData("my-projects.lead", "Braces of a file { are } no braces, nor {}.", null)]
    [InlineData("my-projects.note", "", null)]
    public void Words_ThatPeopleWouldNotUnderstand_AreNamed(string key, string text, string? problem) =>
        Wording.All.Single(one => one.Key == key).Problems(text).ShouldBe(problem is null ? [] : [problem]);

    [Fact]
    public void Words_ThatAreTooLong_SayByHowMuch() => Wording.InvitationSubject.Problems(new string('x', 161)).ShouldBe(["At most 160 characters; these are 161."]);

    [Fact]
    public void UsualWords_AreRightThemselves() => Wording.All.ShouldAllBe(one => !one.Problems(one.Usual).Any());

    [Fact]
    public void Braces_AreFilledOnce_WhateverTheValuesHold() =>
        Wording.InvitationText.Say(new Dictionary<string, string> { ["invitation.text"] = "{projects} {count} {x}" }, ("count", "{projects}"), ("projects", "{count}")).ShouldBe("{count} {projects} {x}");

    [Fact]
    public async Task OwnWords_AreSaid_Audited_AndTakenBack()
    {
        var change = new ChangeWording(own, audit, new InstanceDirectory([new GitLabInstance(Make.Production, InstanceKind.Production, "https://gitlab.example", true, false)]), this);

        (await change.RunAsync("my-projects.lead", " Ask Mara.\r\nShe knows. ", Make.Admin, default)).ShouldBe("Ask Mara.\nShe knows.");
        Wording.MyProjectsLead.Say(await own.ReadAsync(default)).ShouldBe("Ask Mara.\nShe knows.");
        (await change.RunAsync("my-projects.lead", "Ask Mara.\nShe knows.", Make.Admin, default)).ShouldBe("Ask Mara.\nShe knows.");
        audit.Entries.ShouldHaveSingleItem().What.ShouldBe("wording.change");

        (await change.RunAsync("my-projects.lead", null, Make.Admin, default)).ShouldBe(Wording.MyProjectsLead.Usual);
        own.Own.ShouldBeEmpty();
        ((Outcome<string>.Refused)await change.RunAsync("nothing", "x", Make.Admin, default)).Refusal.Code.ShouldBe("unknown-wording");
        ((Outcome<string>.Refused)await change.RunAsync("my-projects.lead", "{x}", Make.Admin, default)).Refusal.Code.ShouldBe("invalid-wording");
    }

    DateTimeOffset IWorldClock.Now(InstanceId instance) => Make.Now;

    double IWorldClock.Speed(InstanceId instance) => 0;
}
