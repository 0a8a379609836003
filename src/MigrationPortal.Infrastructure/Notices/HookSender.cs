using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.GitLab;

namespace MigrationPortal.Infrastructure.Notices;

/// <summary>One POST, signed for generic webhooks. What comes back is cut short: it is for people, and could be anything.</summary>
internal sealed class HookSender(IHttpClientFactory clients, TimeProvider time)
{
    private const int LongestAnswer = 200;

    public Task<SendAnswer> SendAsync(ChannelTarget.Webhook target, Parcel parcel, Message message, CancellationToken cancel)
    {
        var body = HookBody.Of(message);
        var (id, timestamp) = (parcel.Id.ToString(), time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        return PostAsync(target.Url, body, request =>
        {
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", timestamp);
            request.Headers.Add("webhook-signature", MessageSignature.Sign(SigningSecret.Key(target.Secret)!, id, timestamp, body));
            request.Headers.Add("webhook-try", parcel.Try.ToString(CultureInfo.InvariantCulture));
        }, cancel);
    }

    public Task<SendAnswer> SendAsync(ChannelTarget.Chat target, ChannelKind dialect, Message message, CancellationToken cancel) =>
        PostAsync(target.Url, ChatBody.Of(message, dialect), _ => { }, cancel);

    private async Task<SendAnswer> PostAsync(Uri url, byte[] body, Action<HttpRequestMessage> sign, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        sign(request);
        try
        {
            using var answer = await clients.CreateClient(HookConnections.HttpName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            var status = (int)answer.StatusCode;
            var words = await WordsAsync(answer, cancel);
            var said = $"{status} {answer.ReasonPhrase}".TrimEnd() + (words.Length > 0 ? $": {words}" : "");
            if (answer.IsSuccessStatusCode) return new SendAnswer(true, said);
            if (status is >= 300 and < 400) said += $" (redirects are not followed: enter the address that it leads to)";
            return new SendAnswer(false, said, RetryAdvice.Of(answer, time), status >= 500 || answer.StatusCode is HttpStatusCode.TooManyRequests);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new SendAnswer(false, "No answer in time.", IsDown: true);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or SocketException)
        {
            return new SendAnswer(false, Explain(fault), IsDown: true);
        }
    }

    // Words of the innermost fault: those around it may hold the address, which is a secret.
    private static string Explain(Exception fault)
    {
        while (fault.InnerException is { } inner) fault = inner;
        return fault is SocketException { SocketErrorCode: var code } ? $"Cannot be reached ({code})." : fault.Message.Length <= LongestAnswer ? fault.Message : fault.Message[..LongestAnswer];
    }

    private static async Task<string> WordsAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        var (buffer, length) = (new byte[4 * LongestAnswer], 0);
        await using var body = await answer.Content.ReadAsStreamAsync(cancel);
        while (length < buffer.Length && await body.ReadAsync(buffer.AsMemory(length), cancel) is > 0 and var read) length += read;
        var text = string.Concat(Encoding.UTF8.GetString(buffer, 0, length).Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
        return text.Length <= LongestAnswer ? text : text[..LongestAnswer] + "…";
    }
}
