using System.Net;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using Refit;

namespace MigrationPortal.Infrastructure.GitLab.Desk;

/// <summary>One way to an instance for desks and readers: whose token, on whose budget. No record: it would print the header.</summary>
/// <param name="person">The <c>Authorization</c> header of a person; null means the channel's own token.</param>
/// <param name="notAccepted">What to do about the channel's own token when GitLab answers 401.</param>
internal sealed class DeskCall(InstanceId instance, IGitLabDeskApi api, string? person, string purpose, string notAccepted)
{
    public delegate Task<IApiResponse<T>> Question<T>(IGitLabDeskApi api, string? person, string purpose);

    public delegate Task<IApiResponse> Wish(IGitLabDeskApi api, string? person, string purpose);

    public delegate Task<IApiResponse<List<T>>> Page<T>(IGitLabDeskApi api, IDictionary<string, string> page, string? person, string purpose);

    /// <param name="code">A code that the words of a refusal tell and its status does not; null leaves it to the status.</param>
    public async Task<Outcome<T>> AskAsync<TDto, T>(Question<TDto> ask, Func<TDto, T> read, Func<string, string?>? code = null)
        where TDto : class
    {
        var (answer, no) = await SendAsync(() => ask(api, person, purpose));
        if (no is not null) return no;
        return answer!.IsSuccessStatusCode ? read(answer.Required(instance)) : Refused(answer, code?.Invoke(answer.Message()));
    }

    /// <param name="missing">The word by which a 404 says that it is this thing which is not there, and not what it is in.</param>
    /// <returns>Null when it is not there.</returns>
    public async Task<Outcome<T?>> FindAsync<TDto, T>(Question<TDto> ask, Func<TDto, Outcome<T?>> read, string missing)
        where TDto : class
        where T : class
    {
        var (answer, no) = await SendAsync(() => ask(api, person, purpose));
        if (no is not null) return no;
        return answer!.IsSuccessStatusCode ? read(answer.Required(instance)) : IsMissing(answer, missing) ? new Outcome<T?>.Done(null) : Refused(answer);
    }

    /// <returns>False when it was not there.</returns>
    public async Task<Outcome<bool>> DeleteAsync(Wish ask, string missing)
    {
        var (answer, no) = await SendAsync(() => ask(api, person, purpose));
        if (no is not null) return no;
        if (answer!.IsSuccessStatusCode) return true;
        return IsMissing(answer, missing) ? false : Refused(answer);
    }

    /// <param name="goOn">Whether the next page is wanted, asked after each.</param>
    /// <returns>What was read, and whether there is more.</returns>
    public async Task<Outcome<(List<T> Items, bool More)>> ListAsync<T>(Page<T> ask, IDictionary<string, string> first, Func<List<T>, bool> goOn)
    {
        var items = new List<T>();
        for (IDictionary<string, string>? page = first; page is not null;)
        {
            var (answer, no) = await SendAsync(() => ask(api, page, person, purpose));
            if (no is not null) return no;
            if (!answer!.IsSuccessStatusCode) return Refused(answer);
            items.AddRange(answer.Required(instance));
            page = Paging.Next(answer);
            if (page is not null && !goOn(items)) return (items, true);
        }
        return (items, false);
    }

    private async Task<(TResponse? Answer, Refusal? No)> SendAsync<TResponse>(Func<Task<TResponse>> ask)
        where TResponse : class, IApiResponse
    {
        try
        {
            var answer = await ask();
            answer.Arrived(instance);
            if (person is null && answer.StatusCode == HttpStatusCode.Unauthorized) throw new GitLabUnavailableException(instance, notAccepted) { Status = 401 };
            return (answer, null);
        }
        catch (GitLabUnavailableException fault) when (fault.Status == (int)HttpStatusCode.TooManyRequests)
        {
            return (null, Refusal.Of(DeskCode.RateLimited, fault.Message) with { RetryAfter = fault.RetryAfter });
        }
    }

    private static bool IsMissing(IApiResponse answer, string what) =>
        answer.StatusCode == HttpStatusCode.NotFound && answer.Message().Contains(what, StringComparison.OrdinalIgnoreCase);

    private static Refusal Refused(IApiResponse answer, string? code = null) => Refusal.Of(code ?? Code((int)answer.StatusCode!, answer.Message()), answer.Message());

    private static string Code(int status, string said) => status switch
    {
        401 => DeskCode.ConsentNeeded,
        403 when said.StartsWith("insufficient_scope", StringComparison.Ordinal) => DeskCode.ConsentNeeded,
        403 => DeskCode.Forbidden,
        404 => DeskCode.NotFound,
        409 or 412 => DeskCode.Conflict,
        _ => DeskCode.Invalid,
    };
}

/// <summary>Makes the ways.</summary>
internal sealed class DeskCalls(GitLabClients clients, GitLabOptions options)
{
    public DeskCall As(InstanceId instance, GitLabCaller caller) => caller switch
    {
        GitLabCaller.Person { Token: var token } => new(instance, clients.Desk(instance, GitLabClients.PersonChannel), $"Bearer {token.Reveal()}", Purposes.Moves, ""),
        GitLabCaller.Portal { Purpose: var purpose } => new(instance, clients.Desk(instance, nameof(GitLabChannel.Monitoring)), null, purpose.Name, options.NotAccepted(instance, nameof(GitLabInstanceOptions.ReadToken))),
        _ => throw new ArgumentOutOfRangeException(nameof(caller), "A caller of no known kind."),
    };

    /// <summary>With the write token, in the lane of operations.</summary>
    /// <returns>Null in observe mode.</returns>
    public DeskCall? Writing(InstanceId instance) => options.Instances.Any(one => one.Id == instance && one.CanWrite)
        ? new(instance, clients.Desk(instance, nameof(GitLabChannel.Changing)), null, Purposes.Moves, options.NotAccepted(instance, nameof(GitLabInstanceOptions.WriteToken)))
        : null;
}
