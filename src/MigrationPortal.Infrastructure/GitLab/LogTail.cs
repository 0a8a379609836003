using System.Net;
using System.Net.Http.Headers;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>
/// Keeps the end of a text that may be very long. GitLab's traces cannot be asked for in parts, so they are read through to
/// their end, in memory that does not grow with them.
/// </summary>
internal static class LogTail
{
    /// <summary>Marks a request whose answer is plain text, with the bytes of its end that are kept.</summary>
    public static readonly HttpRequestOptionsKey<int> Kept = new(Name);

    public const string Name = "gitlab.tail";

    /// <summary>What an answer says in GitLab's place when its text has no end within <see cref="Longest"/>.</summary>
    public const string TooLongMessage = "413 Log too long";

    /// <summary>Bytes that are read at most: sixteen times what a runner writes by default, and below GitLab's own limit of 100 MB.</summary>
    public const long Longest = 64 * 1024 * 1024;

    /// <summary>Replaces the answer's content by its end, or the answer by one that says that it was too long.</summary>
    public static async Task<HttpResponseMessage> CutAsync(HttpResponseMessage answer, int kept, CancellationToken cancel)
    {
        if (!answer.IsSuccessStatusCode) return answer;
        var (ring, at, read) = (new byte[kept], 0, 0L);
        await using (var text = await answer.Content.ReadAsStreamAsync(cancel))
        {
            while (await text.ReadAsync(ring.AsMemory(at), cancel) is > 0 and var bytes)
            {
                read += bytes;
                if (read > Longest) return TooLong(answer);
                at = (at + bytes) % kept;
            }
        }

        var end = read < kept ? ring[..(int)read] : [.. ring[at..], .. ring[..at]];
        var whole = answer.Content;
        answer.Content = new ByteArrayContent(end);
        answer.Content.Headers.ContentType = whole.Headers.ContentType;
        whole.Dispose();
        return answer;
    }

    private static HttpResponseMessage TooLong(HttpResponseMessage answer)
    {
        var instead = new HttpResponseMessage(HttpStatusCode.RequestEntityTooLarge)
        {
            RequestMessage = answer.RequestMessage,
            Content = new StringContent($$"""{"message":"{{TooLongMessage}}"}""", new MediaTypeHeaderValue("application/json")),
        };
        answer.Dispose();
        return instead;
    }
}
