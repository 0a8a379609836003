using System.Text.Json.Serialization;

namespace MigrationPortal.World;

/// <summary>Everything that can be done to a world from outside, as data: apply the same inputs at the same world times
/// to a world of the same options and it becomes the same world. Rights are judged by the caller; a world refuses only
/// what its own state forbids.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(UpdateRunner), "runner-update")]
[JsonDerivedType(typeof(CreateRunner), "runner-create")]
[JsonDerivedType(typeof(DeleteRunner), "runner-delete")]
[JsonDerivedType(typeof(ResetRunnerToken), "runner-reset-token")]
[JsonDerivedType(typeof(AssignRunner), "runner-assign")]
[JsonDerivedType(typeof(UnassignRunner), "runner-unassign")]
[JsonDerivedType(typeof(ConnectManager), "manager-connect")]
[JsonDerivedType(typeof(DisconnectManager), "manager-disconnect")]
[JsonDerivedType(typeof(StopManager), "manager-stop")]
[JsonDerivedType(typeof(ChangeUser), "user-change")]
[JsonDerivedType(typeof(CreateVariable), "variable-create")]
[JsonDerivedType(typeof(UpdateVariable), "variable-update")]
[JsonDerivedType(typeof(DeleteVariable), "variable-delete")]
[JsonDerivedType(typeof(UpdateProject), "project-update")]
[JsonDerivedType(typeof(UpdateGroup), "group-update")]
[JsonDerivedType(typeof(CreateBranch), "branch-create")]
[JsonDerivedType(typeof(DeleteBranch), "branch-delete")]
[JsonDerivedType(typeof(CreateCommit), "commit-create")]
[JsonDerivedType(typeof(OpenMergeRequest), "merge-request-open")]
[JsonDerivedType(typeof(UpdateMergeRequest), "merge-request-update")]
[JsonDerivedType(typeof(AcceptMergeRequest), "merge-request-accept")]
[JsonDerivedType(typeof(RunPipeline), "pipeline-run")]
[JsonDerivedType(typeof(RetryPipeline), "pipeline-retry")]
[JsonDerivedType(typeof(CancelPipeline), "pipeline-cancel")]
[JsonDerivedType(typeof(RetryJob), "job-retry")]
[JsonDerivedType(typeof(CancelJob), "job-cancel")]
[JsonDerivedType(typeof(PlayJob), "job-play")]
[JsonDerivedType(typeof(EraseJob), "job-erase")]
[JsonDerivedType(typeof(CreateHook), "hook-create")]
[JsonDerivedType(typeof(UpdateHook), "hook-update")]
[JsonDerivedType(typeof(DeleteHook), "hook-delete")]
[JsonDerivedType(typeof(CreateBroadcast), "broadcast-create")]
[JsonDerivedType(typeof(UpdateBroadcast), "broadcast-update")]
[JsonDerivedType(typeof(DeleteBroadcast), "broadcast-delete")]
[JsonDerivedType(typeof(StartIncident), "incident-start")]
[JsonDerivedType(typeof(EndIncident), "incident-end")]
[JsonDerivedType(typeof(StartLoad), "load")]
[JsonDerivedType(typeof(GoDark), "dark-start")]
[JsonDerivedType(typeof(ComeBack), "dark-end")]
[JsonDerivedType(typeof(DescribePods), "pods-describe")]
public abstract record WorldInput
{
    private protected WorldInput()
    {
    }
}

/// <summary>An accepted input with its world time: the line to store and replay.</summary>
public sealed record RecordedInput(DateTimeOffset At, WorldInput Input);

public enum RefusalKind
{
    /// <summary>404.</summary>
    NotFound,

    /// <summary>400 with <c>{"message":{field:[message]}}</c>.</summary>
    Invalid,

    /// <summary>400 with <c>{"message":"..."}</c>.</summary>
    BadRequest,

    /// <summary>403.</summary>
    Forbidden,

    /// <summary>409.</summary>
    Conflict,

    /// <summary>422.</summary>
    Unprocessable,

    /// <summary>405.</summary>
    MethodNotAllowed,
}

/// <summary>Why a world said no, in GitLab's words.</summary>
/// <param name="Field">Key of the model error, for <see cref="RefusalKind.Invalid"/> only.</param>
public sealed record Refusal(RefusalKind Kind, string Message, string? Field = null);

/// <summary>What came of an input: a refusal, or done with the thing made or changed, if any.</summary>
public sealed record InputResult
{
    private InputResult(Refusal? refusal, object? value)
    {
        Refusal = refusal;
        Value = value;
    }

    public Refusal? Refusal { get; }

    public object? Value { get; }

    public bool Ok => Refusal is null;

    /// <summary>The thing made or changed. Faults when refused or of another kind: look at <see cref="Ok"/> first.</summary>
    public T Get<T>() => Refusal is null
        ? (T)Value!
        : throw new InvalidOperationException($"Refused: {Refusal.Message}");

    public static InputResult Done(object? value = null) => new(null, value);

    public static InputResult No(RefusalKind kind, string message, string? field = null) =>
        new(new Refusal(kind, message, field), null);

    internal static InputResult NotFound(string what) => No(RefusalKind.NotFound, $"404 {what} Not Found");
}
