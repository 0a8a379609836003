using System.Net;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using Refit;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>From Refit's answers to contents or the one typed exception.</summary>
internal static class GitLabAnswers
{
    /// <exception cref="GitLabUnavailableException">Any answer but 2xx with a readable body; <c>Status</c> tells a 4xx apart.</exception>
    public static T Required<T>(this IApiResponse<T> response, InstanceId instance)
        where T : class
    {
        Arrived(response, instance);
        if (response.IsSuccessStatusCode && response.Content is { } content && response.Error is null) return content;
        if (response.IsSuccessStatusCode) throw Unreadable(response, instance);
        throw Refused(response, instance);
    }

    /// <summary>As <see cref="Required{T}"/>, but null for 404.</summary>
    public static T? OrMissing<T>(this IApiResponse<T> response, InstanceId instance)
        where T : class
    {
        Arrived(response, instance);
        return response.StatusCode == HttpStatusCode.NotFound ? null : response.Required(instance);
    }

    /// <exception cref="GitLabUnavailableException">GraphQL answered errors, or no data.</exception>
    public static T Data<T>(this IApiResponse<GraphQlReply<T>> response, InstanceId instance)
        where T : class
    {
        var reply = response.Required(instance);
        if (reply.Errors is { Count: > 0 } errors) throw new GitLabUnavailableException(instance, $"GraphQL refuses the query: {errors[0].Message}");
        return reply.Data ?? throw new GitLabUnavailableException(instance, "GraphQL answered neither data nor errors");
    }

    /// <summary>Throws what kept the answer from arriving. Refit catches it on the way and keeps it.</summary>
    public static void Arrived(this IApiResponse response, InstanceId instance)
    {
        if (!response.HasRequestError(out var fault)) return;
        var cause = (Exception?)fault.InnerException ?? fault;
        if (cause is HttpRequestException or IOException) throw new GitLabUnavailableException(instance, cause.Message, cause);
        ExceptionDispatchInfo.Throw(cause);
    }

    /// <summary>GitLab's own words, or the status where it has none.</summary>
    public static string Message(this IApiResponse response) =>
        GitLabErrorBody.Message(response.HasResponseError(out var error) ? error.Content : null) ?? $"HTTP {(int?)response.StatusCode}";

    private static GitLabUnavailableException Refused(IApiResponse response, InstanceId instance) =>
        new(instance, $"refuses {response.RequestMessage?.RequestUri?.AbsolutePath}: {response.Message()}") { Status = (int?)response.StatusCode };

    private static GitLabUnavailableException Unreadable(IApiResponse response, InstanceId instance) =>
        new(instance, $"answered {response.RequestMessage?.RequestUri?.AbsolutePath} in a form that is not GitLab's", response.Error?.InnerException as JsonException);
}
