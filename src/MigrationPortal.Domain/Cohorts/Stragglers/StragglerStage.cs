namespace MigrationPortal.Domain.Cohorts.Stragglers;

/// <summary>How far a campaign is with one project. Stored by name: never rename one.</summary>
public enum StragglerStage
{
    /// <summary>Chosen by an administrator: whom to ask is being found out.</summary>
    Selected,

    /// <summary>Its people had the first mail.</summary>
    Asked,

    /// <summary>They had the second one.</summary>
    Reminded,

    /// <summary>They were told the day on which docker ends for them; after it the project is an administrator's.</summary>
    FinalDate,

    /// <summary>An administrator has taken it on, and said how.</summary>
    Handled,

    /// <summary>No such job has run for long enough: seen by what ran, never by what somebody said.</summary>
    Gone,
}

/// <summary>Which stage may follow which, as data: never back, each once.</summary>
public static class StragglerStages
{
    private static readonly Dictionary<StragglerStage, StragglerStage[]> Next = new()
    {
        [StragglerStage.Selected] = [StragglerStage.Asked, StragglerStage.Handled, StragglerStage.Gone],
        [StragglerStage.Asked] = [StragglerStage.Reminded, StragglerStage.Handled, StragglerStage.Gone],
        [StragglerStage.Reminded] = [StragglerStage.FinalDate, StragglerStage.Handled, StragglerStage.Gone],
        [StragglerStage.FinalDate] = [StragglerStage.Handled, StragglerStage.Gone],
        [StragglerStage.Handled] = [StragglerStage.Gone],
        [StragglerStage.Gone] = [],
    };

    public static bool Allows(StragglerStage from, StragglerStage to) => Next[from].Contains(to);

    /// <summary>The word of API, audit and URLs.</summary>
    public static string Word(this StragglerStage stage) => stage == StragglerStage.FinalDate ? "final-date" : stage.ToString().ToLowerInvariant();

    /// <summary>People are still waited for; a merge request can still be opened.</summary>
    public static bool IsOpen(this StragglerStage stage) => stage is not (StragglerStage.Handled or StragglerStage.Gone);
}
