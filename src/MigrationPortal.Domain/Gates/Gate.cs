namespace MigrationPortal.Domain.Gates;

/// <summary>A measured condition: a pure function of recorded facts. It holds no way to write anywhere.</summary>
public abstract class Gate
{
    /// <summary>In the order of display.</summary>
    public static IReadOnlyList<Gate> All { get; } =
    [
        new NoWorseGate(all: false), new NoWorseGate(all: true), new HeterogeneityGate(), new SampleGate(), new PredictedFailuresGate(), new StuckJobsGate(),
        new QueueTimeGate(), new DurationGate(), new FallbackShareGate(), new GraduationGate(), new CapacityGate(), new RollBacksGate(), new DataQualityGate(), new ApprovalsGate(), new CalendarGate(), new ExternalsGate(),
    ];

    /// <param name="key">Of a stored reading.</param>
    public static string TitleOf(string key) => All.Single(gate => gate.Key == key).Title;

    /// <summary>Stable, such as <c>no-worse</c>.</summary>
    public abstract string Key { get; }

    public abstract string Title { get; }

    /// <summary>Whether it judges steps of this stage.</summary>
    public abstract bool Judges(GateStage stage);

    /// <summary>Whether the facts hold what it measures; those of before there was such a gate do not.</summary>
    public virtual bool Knows(GateFacts facts) => true;

    /// <summary>False of what people decided: it is taken back where it was decided.</summary>
    public virtual bool MayBeInShadow => true;

    public abstract GateReading Read(GateFacts facts, GatePolicy policy);

    protected GateReading Says(GateVerdict verdict, string value, string sentence, long? moreJobs = null, DateTimeOffset? until = null) =>
        new(Key, verdict, value, sentence, moreJobs, until);
}
