using MigrationPortal.Domain.Notices;

namespace MigrationPortal.Web.Shared;

/// <summary>Said before mails are sent.</summary>
public static class MailLook
{
    /// <summary>A sentence where none can go out; else nothing.</summary>
    public static IReadOnlyList<string> Missing(IPersonMailSender sender)
    {
        ArgumentNullException.ThrowIfNull(sender);
        return sender.Missing is { } why ? [$"No mail goes out as things are: {why} They wait for it."] : [];
    }
}
