namespace MigrationPortal.Domain.Cohorts;

/// <summary>The words that API, files and audit use for kinds, targets, ways and states.</summary>
public static class EnrollmentWords
{
    public static IReadOnlyList<(string Word, EnrollmentKind Value)> Kinds { get; } =
        [("random", EnrollmentKind.Random), ("volunteer", EnrollmentKind.Volunteer), ("hand-picked", EnrollmentKind.HandPicked), ("carried", EnrollmentKind.Carried)];

    public static IReadOnlyList<(string Word, EnrollmentTarget Value)> Targets { get; } =
        [("kubernetes", EnrollmentTarget.Kubernetes), ("docker", EnrollmentTarget.Docker), ("default", EnrollmentTarget.Default)];

    public static IReadOnlyList<(string Word, EnrollmentWay Value)> Ways { get; } =
        [("merge-request", EnrollmentWay.MergeRequest), ("variable", EnrollmentWay.Variable), ("project-runner", EnrollmentWay.ProjectRunner), ("paste", EnrollmentWay.Paste)];

    public static string Word(this EnrollmentKind kind) => Of(Kinds, kind);

    public static string Word(this EnrollmentTarget target) => Of(Targets, target);

    public static string Word(this EnrollmentWay way) => Of(Ways, way);

    public static string Word(this EnrollmentState state) => state.ToString().ToLowerInvariant();

    /// <returns>Null for a word that is not there.</returns>
    public static T? Parse<T>(IReadOnlyList<(string Word, T Value)> words, string text) where T : struct
    {
        ArgumentNullException.ThrowIfNull(words);
        foreach (var (word, value) in words)
            if (word.Equals(text, StringComparison.OrdinalIgnoreCase)) return value;
        return null;
    }

    private static string Of<T>(IReadOnlyList<(string Word, T Value)> words, T value) where T : struct, Enum =>
        words.First(one => EqualityComparer<T>.Default.Equals(one.Value, value)).Word;
}
