using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Plans;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Plans;

/// <summary>What a change board reads of a plan.</summary>
public sealed class PlanSheetTests
{
    private static readonly InstanceId Production = PageServices.Production;
    private static readonly Actor Author = new(ActorKind.User, "production/12");
    private static readonly RunnerAttributes From = new(TagSet.Of("docker"), true, false, RunnerAccessLevel.NotProtected);
    private static readonly RunnerId Kubernetes = new(Production, 40);

    private static readonly Plan Plan = new(
        41, Production, "docker 50 → 25 %", """{"phase":"untagged-takeover"}""", KitContext.Now, Author, new string('a', 64),
        [
            new PlanStep(1, PlanStepKind.Widen, Kubernetes, "k8s|1", From with { RunUntagged = false }, From, [], "takes untagged jobs"),
            new PlanStep(2, PlanStepKind.Narrow, new RunnerId(Production, 12), "docker-12", From, From with { RunUntagged = false }, [Kubernetes], "lets go of untagged jobs"),
        ],
        new BlastRadius(new TimeWindow(KitContext.Now.AddDays(-14), KitContext.Now), 1_400, 0.99,
        [
            new ClassEffect(TagSet.Empty, false, [new ProjectId(Production, 7), new ProjectId(Production, 8)], 60, ServedBy.Legacy | ServedBy.Kubernetes, ServedBy.Kubernetes, JobClassEffect.Moves),
            new ClassEffect(TagSet.Of("linux"), false, [new ProjectId(Production, 7)], 40, ServedBy.Legacy, ServedBy.Legacy, JobClassEffect.Unchanged),
        ]),
        [new PlanWarning("kubernetes-out-of-contact", "k8s-2 is silent."), new PlanWarning(GateGuard.Code, "Advice of a gate.")], []);

    private static readonly PlanSheetFacts Facts = new(
        Plan, null, new ApprovalPolicy(2, [], "CHG\\d{7}"), [new PlanApproval(41, new Actor(ActorKind.Token, "3"), KitContext.Now)], [new PlanBlocker(GateGuard.Code, "Stuck jobs: fail.", GateGuard.Override, [])],
        null, true, new Dictionary<ProjectId, string> { [new ProjectId(Production, 7)] = "team/app_one" }, ActorNames.None, "https://gitlab.example", KitContext.Now);

    [Fact]
    public void Sheet_SaysWhatWhomWhyWhoAndTheWayBack_InThatOrder()
    {
        var sheet = PlanSheet.Of(Facts);
        sheet.Parts.Select(part => part.Title).ShouldBe(["Changes, in order", "Blast radius", "What stops it now", "Advice", "Gates", "Approvals", "Roll back", "Break-glass"]);
        sheet.Facts.Select(fact => fact.Name).ShouldBe(["Plan", "Made", "State", "Why", "Change reference", "Fingerprint", "Printed"]);
        Value(sheet, "Fingerprint").ShouldStartWith(Plan.Fingerprint);
        Value(sheet, "Change reference").ShouldBe("asked for when it is applied, as CHG\\d{7}");
        Part(sheet, "Changes, in order").Table!.Rows[1].ShouldBe(["2", "narrow", "docker-12", "stops taking untagged jobs", "lets go of untagged jobs, relies on k8s|1"]);
        Part(sheet, "Blast radius").Table!.Rows.ShouldHaveSingleItem().ShouldBe(["untagged", "60", "team/app_one, project 8", "docker, Kubernetes", "Kubernetes", "moves"]);
        Part(sheet, "Blast radius").Points.ShouldBe(["1\u00a0job class of 40 jobs a day keeps its runners."]);
        Part(sheet, "What stops it now").Points.ShouldBe(["Stuck jobs: fail. An administrator may override it by the name 'gates'."]);
        Part(sheet, "Advice").Points.ShouldBe(["k8s-2 is silent."]);
        Part(sheet, "Approvals").Text.ShouldBe("1 of 2. Whoever may approve counts, but never the plan's author. They are bound to this plan and its fingerprint.");
    }

    [Fact]
    public void Applied_GivesReasonReferenceAndEnd_AndNothingStopsItAnyMore()
    {
        var applied = new OperationHead(12, Production, 41, Plan.Title, OperationState.Succeeded, Author, "the window of tonight", "CHG0000001", KitContext.Now, KitContext.Now.AddMinutes(5), null, null, 2, 2, 0, 4);
        var sheet = PlanSheet.Of(Facts with { Applied = applied });
        (Value(sheet, "Why"), Value(sheet, "Change reference")).ShouldBe(("the window of tonight", "CHG0000001"));
        Value(sheet, "State").ShouldBe("applied as operation 12 by user 12 at 2026-11-25 14:20 UTC: succeeded at 2026-11-25 14:25 UTC");
        sheet.Parts.ShouldNotContain(part => part.Title == "What stops it now");
        Part(sheet, "Break-glass").Points[0].ShouldContain("GET /api/v1/operations/12/break-glass");
    }

    [Fact]
    public void Gates_AreListedWithVerdictAndSentence()
    {
        var step = new GateStep("untagged-takeover/100/25", "docker 50 → 25 %", GateStage.Overlap, KitContext.Now, KitContext.Now);
        var gates = new GateEvaluation(31, Production, step, KitContext.Now, KitContext.Now, GateVerdict.Fail, [new GateReading("stuck-jobs", GateVerdict.Fail, "3 of 90", "3 jobs have no runner.")], []);
        var part = Part(PlanSheet.Of(Facts with { Gates = gates }), "Gates");
        part.Text.ShouldBe("0 of 1 pass, read 2026-11-25 14:20 UTC (evaluation 31). Here gates bind.");
        part.Table!.Rows.ShouldHaveSingleItem().ShouldBe(["Stuck jobs", "fail", "3 of 90", "3 jobs have no runner."]);
        PlanSheet.Of(Facts with { Policy = null }).Parts.ShouldNotContain(one => one.Title == "Gates", "it is no step forward");
    }

    [Fact]
    public void Markdown_IsOneTableARow_WhateverTheNamesHold()
    {
        var text = PlanMarkdown.Of(PlanSheet.Of(Facts));
        text.ShouldStartWith("# docker 50 → 25 %\n\n2\u00a0steps on 2\u00a0runners.");
        text.ShouldContain("\n| 1 | widen | k8s\\|1 | accepts untagged jobs | takes untagged jobs |\n");
        text.ShouldContain("team/app\\_one");
        text.ShouldContain("\n## Roll back\n");
        text.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).ShouldAllBe(line => line.EndsWith(" |", StringComparison.Ordinal));
    }

    private static string Value(PlanSheet sheet, string name) => sheet.Facts.Single(fact => fact.Name == name).Value;

    private static SheetPart Part(PlanSheet sheet, string title) => sheet.Parts.Single(part => part.Title == title);
}
