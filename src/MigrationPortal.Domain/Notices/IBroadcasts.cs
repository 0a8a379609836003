using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Notices;

/// <summary>Banners that everybody sees in GitLab, on Free as well. Written with the write token, in the lane of operations; a GitLab that does not answer is a fault, after which a message may or may not stand.</summary>
public interface IBroadcasts
{
    /// <summary>
    /// Announces something for a window of the instance's time; GitLab takes it down by itself at the window's end. The same
    /// text and window again, as after a lost answer, is the same message. Refuses <c>observe-mode</c> and <c>gitlab-refused</c>.
    /// </summary>
    /// <param name="text">Plain text of one or two sentences; what GitLab would read as markup is escaped.</param>
    /// <returns>GitLab's number of the message, which takes it back.</returns>
    Task<Outcome<long>> AnnounceAsync(InstanceId instance, string text, TimeWindow window, CancellationToken cancel);

    /// <summary>Before its window has ended. One that is gone already is taken back. Refuses as <see cref="AnnounceAsync"/>.</summary>
    Task<Outcome<long>> TakeBackAsync(InstanceId instance, long number, CancellationToken cancel);
}
