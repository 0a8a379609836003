namespace MigrationPortal.World;

/// <summary>Jobs that ask what their pod is like, and what they were told.</summary>
internal sealed class SmokeBook
{
    private readonly Dictionary<int, PodAnswers> runners = [];
    private readonly Dictionary<long, PodAnswers> jobs = [];

    public InputResult Describe(DescribePods input, Fleet fleet)
    {
        if (fleet.Find(input.RunnerId) is null)
        {
            return InputResult.NotFound("Runner");
        }

        runners[input.RunnerId] = input.Answers;
        return InputResult.Done(null);
    }

    /// <summary>As its runner's pods are at this moment, for good.</summary>
    public PodAnswers Begin(Job job, Runner runner) => jobs[job.Id] = runners.GetValueOrDefault(runner.Id) ?? new PodAnswers();

    public PodAnswers? Of(Job job) => jobs.GetValueOrDefault(job.Id);

    public static bool Allows(PodAnswers pods, string? image) =>
        image is null || pods.AllowedImages is not { Count: > 0 } allowed || allowed.Any(pattern => Fits(pattern, image));

    private static bool Fits(string pattern, string image) =>
        System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(pattern.Replace("**", "*", StringComparison.Ordinal), image, ignoreCase: false);
}
