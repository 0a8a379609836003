namespace MigrationPortal.Domain.Readiness;

/// <summary>One line of a job's log as a person reads it: no colours, no timestamps, no overwritten progress.</summary>
/// <param name="Text">At most <see cref="LogReader.LongestLine"/> characters.</param>
public readonly record struct LogLine(string Text, LogStage Stage, LogVoice Voice);

/// <summary>The part of a job that printed a line, from the runner's section markers (gitlab-runner common/build.go, BuildStage).</summary>
public enum LogStage
{
    /// <summary>Before any marker, or in a log without them.</summary>
    Unknown,

    /// <summary>Until the job's containers run.</summary>
    Prepare,

    /// <summary>Git, in the helper container.</summary>
    Sources,

    /// <summary>Cache and artifacts of earlier jobs, in the helper container.</summary>
    Restore,

    /// <summary>What the job's author wrote: before_script, script and steps.</summary>
    Script,

    /// <summary>Runs whatever happened before, and never fails the job.</summary>
    AfterScript,

    /// <summary>Cache and artifacts after a script that passed, in the helper container.</summary>
    Save,

    /// <summary>The same after a script that failed: never the cause.</summary>
    SaveAfterFailure,

    Cleanup,
}

/// <summary>Who says it.</summary>
public enum LogVoice
{
    /// <summary>What a command printed.</summary>
    Output,

    /// <summary>The command itself, as the runner or the shell repeats it: no sign of anything.</summary>
    Trace,

    /// <summary>The runner about the job.</summary>
    Runner,

    /// <summary>A service container, at any time and whatever the script does.</summary>
    Service,

    /// <summary>A name or an expectation of a test: it quotes errors without having one.</summary>
    Quoted,
}
