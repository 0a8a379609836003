using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Instances;

namespace MigrationPortal.Domain.Tests.Cohorts;

public sealed class PatientTurnTests
{
    [Theory]
    [InlineData("500 ok 502 0 ok 0 0 ok", "- ok - - ok - - ok")]
    [InlineData("500 0 503 ok", "- - !")]
    [InlineData("ok 429 ok", "ok !")]
    [InlineData("ok 401 ok", "ok !")]
    [InlineData("ok budget ok", "ok !")]
    public async Task OneSilence_IsPassedOver_ThreeInARowAndAPauseAreNot(string answers, string done)
    {
        var (turn, said) = (new PatientTurn(), new List<string>());
        foreach (var answer in answers.Split(' '))
        {
            try
            {
                said.Add(await turn.OfAsync(() => Answer(answer)) ?? "-");
            }
            catch (GitLabUnavailableException)
            {
                said.Add("!");
                break;
            }
        }

        string.Join(' ', said).ShouldBe(done);
    }

    private static Task<string> Answer(string answer) => answer switch
    {
        "ok" => Task.FromResult("ok"),
        "budget" => throw new PutOffException(),
        "0" => throw new GitLabUnavailableException("no answer"),
        _ => throw new GitLabUnavailableException(answer) { Status = int.Parse(answer, null) },
    };

    private sealed class PutOffException : GitLabUnavailableException
    {
        public override bool IsPutOff => true;
    }
}
