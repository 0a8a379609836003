using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Tells everybody in GitLab, by a broadcast message that ends with the window, why some jobs wait. It holds up nothing: a brownout that could not be announced still begins.</summary>
public sealed class AnnounceBrownout(IBroadcasts broadcasts) : IOperationBegins
{
    public async Task BeginsAsync(Plan plan, Operation operation, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (operation.Brownout is not { } window) return;
        var text = $"Announced maintenance until {window.Until.UtcDateTime:HH:mm} UTC: CI jobs that ask for the tag {window.Tag} wait until then and start by themselves afterwards. The tag will end: whoever's jobs wait now still needs it.";
        try
        {
            await broadcasts.AnnounceAsync(operation.Instance, text, new TimeWindow(operation.StartedAt, window.Until), cancel);
        }
        catch (GitLabUnavailableException)
        {
            // The steps find out for themselves whether GitLab answers.
        }
    }
}
