using MigrationPortal.Domain.Cohorts.Help;

namespace MigrationPortal.Web.Cohorts;

/// <param name="JobId">A failed job of the project that it is about; may be left out.</param>
public sealed record HelpBody(string? Subject, string? Text, long? JobId);

public sealed record HelpMessageBody(string? Text);

/// <param name="State"><c>open</c> or <c>closed</c>.</param>
public sealed record HelpStateBody(string? State);

/// <param name="State">open: an administrator's turn; answered: the project's people's; closed.</param>
/// <param name="OpenedBy">Such as <c>user:production/12</c>.</param>
/// <param name="Messages">Oldest first; in lists left out.</param>
public sealed record HelpThreadView(
    long Id, long ProjectId, long? JobId, string Subject, HelpState State, string OpenedBy, DateTimeOffset OpenedAt, DateTimeOffset ChangedAt, IReadOnlyList<HelpMessageView>? Messages)
{
    internal static HelpThreadView InList(HelpThread one) => Of(one) with { Messages = null };

    internal static HelpThreadView Of(HelpThread one) => new(
        one.Id, one.Project.Number, one.Job?.Number, one.Subject, one.State, one.OpenedBy.ToString(), one.OpenedAt, one.ChangedAt,
        [.. one.Messages.Select(said => new HelpMessageView(said.By.ToString(), said.FromAdmin, said.At, said.Text))]);
}

/// <param name="Text">Plain text; secrets are taken out.</param>
public sealed record HelpMessageView(string By, bool FromAdmin, DateTimeOffset At, string Text);
