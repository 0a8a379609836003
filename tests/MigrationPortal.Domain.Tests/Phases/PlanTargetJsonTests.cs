using System.Text.Json;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Phases;

public class PlanTargetJsonTests
{
    [Theory]
    [InlineData("""{"phase":"opt-in"}""")]
    [InlineData("""{"phase":"untagged-takeover","kubernetesUntaggedPercent":100,"legacyUntaggedPercent":50}""")]
    [InlineData("""{"evacuate":"kubernetes"}""")]
    [InlineData("""{"deleteRunners":[12,13]}""")]
    [InlineData("""{"tag":"linux","decision":"adopt"}""")]
    [InlineData("""{"runners":[{"id":12,"tagList":["a","b"],"runUntagged":false,"paused":true}]}""")]
    public void Read_EveryShape_WritesBackTheSameText(string json) =>
        PlanTargetJson.Write(PlanTargetJson.Read(json).Result()).ShouldBe(json);

    [Fact]
    public void Read_TagListAsCommaText_IsAList() =>
        PlanTargetJson.Write(PlanTargetJson.Read("""{"runners":[{"id":1,"tagList":"b, a"}]}""").Result()).ShouldBe("""{"runners":[{"id":1,"tagList":["a","b"]}]}""");

    [Theory]
    [InlineData("""[]""", "target: must be an object")]
    [InlineData("""{}""", "target: names none of")]
    [InlineData("""{"phase":"opt-in","evacuate":"kubernetes"}""", "cannot go together")]
    [InlineData("""{"phase":"beta"}""", "target.phase: 'beta' is not a phase")]
    [InlineData("""{"phase":3}""", "target.phase: must be a text")]
    [InlineData("""{"phase":"opt-in","legacyUntaggedPercent":5}""", "only 'untagged-takeover' has percentages")]
    [InlineData("""{"phase":"untagged-takeover","legacyUntaggedPercent":101}""", "target.legacyUntaggedPercent: must be a whole number")]
    [InlineData("""{"phase":"untagged-takeover","kubernetesUntaggedPercent":1.5}""", "target.kubernetesUntaggedPercent: must be a whole number")]
    [InlineData("""{"phase":"untagged-takeover","percent":5}""", "target.percent: does not belong")]
    [InlineData("""{"evacuate":"docker"}""", "only 'kubernetes'")]
    [InlineData("""{"deleteRunners":[]}""", "at least one runner id")]
    [InlineData("""{"deleteRunners":["x"]}""", "target.deleteRunners[0]: must be a runner's id")]
    [InlineData("""{"tag":"linux","decision":"drop"}""", "target.decision: 'drop' is not a decision")]
    [InlineData("""{"tag":"a,b","decision":"keep"}""", "holds a comma")]
    [InlineData("""{"runners":[{"id":1}]}""", "changes nothing")]
    [InlineData("""{"runners":[{"tagList":[]}]}""", "target.runners[0].id: is missing")]
    [InlineData("""{"runners":[{"id":1,"locked":true}]}""", "target.runners[0].locked: the portal does not change that")]
    [InlineData("""{"runners":[{"id":1,"paused":"yes"}]}""", "target.runners[0].paused: must be true or false")]
    [InlineData("""{"runners":[{"id":1,"paused":true},{"id":1,"paused":true}]}""", "named twice")]
    [InlineData("""{"brownout":{"tag":"docker","durationSeconds":3600}}""", "target.brownout.durationSeconds: must be a whole number from 60 to 1800: GitLab drops jobs that no runner has matched for an hour")]
    [InlineData("""{"brownout":{"tag":"a,b","durationSeconds":900}}""", "target.brownout.tag: 'a,b' holds a comma")]
    [InlineData("""{"brownout":"docker"}""", "target.brownout: must be an object")]
    public void Read_WrongShape_NamesTheFieldAndTheRemedy(string json, string words)
    {
        var refusal = PlanTargetJson.Read(JsonDocument.Parse(json).RootElement).Match(_ => null!, refusal => refusal);
        refusal.Code.ShouldBe("invalid-target");
        string.Join('\n', refusal.Reasons).ShouldContain(words);
    }

    [Fact]
    public void Read_SeveralErrors_ListsThemAll() =>
        PlanTargetJson.Read("""{"phase":"beta","kubernetesUntaggedPercent":-1,"x":1}""").Match(_ => 0, refusal => refusal.Reasons.Count).ShouldBe(3);
}
