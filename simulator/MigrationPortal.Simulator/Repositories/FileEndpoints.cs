using System.Security.Cryptography;
using System.Text;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>Files of a repository: read with and without their description, written as one-file commits.</summary>
internal static class FileEndpoints
{
    public static void Map(ApiRoutes api)
    {
        api.Get("/projects/{id}/repository/files/{path}", Read, "read_repository");
        api.Get("/projects/{id}/repository/files/{path}/raw", Raw, "read_repository");
        api.Post("/projects/{id}/repository/files/{path}", c => Write(c, FileActionKind.Create, 201));
        api.Put("/projects/{id}/repository/files/{path}", c => Write(c, FileActionKind.Update, 200));
        api.Delete("/projects/{id}/repository/files/{path}", c => Write(c, FileActionKind.Delete, 204));
        api.Get("/projects/{id}/repository/tree", Tree, "read_repository");
    }

    private static ApiAnswer Read(ApiCall call)
    {
        var refName = call.Params.Required("ref");
        return call.Params.Refusal ?? Find(call, refName, (branch, file) =>
        {
            var bytes = Encoding.UTF8.GetBytes(file.Content);
            var sha = Convert.ToHexStringLower(SHA256.HashData(bytes));
            var name = file.Path[(file.Path.LastIndexOf('/') + 1)..];
            KeyValuePair<string, string>[] headers =
            [
                new("X-Gitlab-Blob-Id", file.BlobId), new("X-Gitlab-Commit-Id", branch.HeadSha),
                new("X-Gitlab-Content-Sha256", sha), new("X-Gitlab-Encoding", "base64"), new("X-Gitlab-File-Name", name),
                new("X-Gitlab-File-Path", file.Path), new("X-Gitlab-Last-Commit-Id", file.LastCommitId),
                new("X-Gitlab-Ref", refName), new("X-Gitlab-Size", bytes.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                new("X-Gitlab-Execute-Filemode", file.Executable ? "true" : "false"),
            ];
            return ApiAnswer.Ok(new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["file_name"] = name,
                ["file_path"] = file.Path,
                ["size"] = bytes.Length,
                ["encoding"] = "base64",
                ["content_sha256"] = sha,
                ["ref"] = refName,
                ["blob_id"] = file.BlobId,
                ["commit_id"] = branch.HeadSha,
                ["last_commit_id"] = file.LastCommitId,
                ["execute_filemode"] = file.Executable,
                ["content"] = Convert.ToBase64String(bytes),
            }) with
            { Headers = headers };
        });
    }

    private static ApiAnswer Raw(ApiCall call) => Find(call, call.Params.Text("ref"), (_, file) => ApiAnswer.Text(file.Content));

    private static ApiAnswer Tree(ApiCall call)
    {
        var page = OffsetPage.Of(call);
        var deep = call.Params.Flag("recursive") is true;
        if (call.FindProject(AccessLevel.Guest, out var project) is { } no)
        {
            return no;
        }

        return call.World.Code.Resolve(project, call.Params.Text("ref")) is not { } branch
            ? ApiAnswer.NotFound("Tree")
            : call.Params.Refusal ?? page.Answer(
                call,
                [.. branch.Files.Values.Where(f => deep || !f.Path.Contains('/', StringComparison.Ordinal))],
                f => new
                {
                    Id = f.BlobId,
                    Name = f.Path[(f.Path.LastIndexOf('/') + 1)..],
                    Type = "blob",
                    f.Path,
                    Mode = f.Executable ? "100755" : "100644",
                });
    }

    private static ApiAnswer Write(ApiCall call, FileActionKind kind, int status)
    {
        var p = call.Params;
        var branch = p.Required("branch");
        var message = p.Required("commit_message");
        var content = kind == FileActionKind.Delete ? null : FileContent.Decode(p.Required("content"), p.OneOf("encoding", "text", "base64"));
        if (content is null && kind != FileActionKind.Delete)
        {
            p.Problem("content is invalid");
        }

        if (p.Refusal is { } bad)
        {
            return bad;
        }

        if (call.FindProject(AccessLevel.Developer, out var project) is { } no)
        {
            return no;
        }

        var path = call.Route("path");
        var action = new FileAction(kind, path, content, null, p.Text("last_commit_id"), p.Flag("execute_filemode"));
        return call.Apply<Commit>(
            new CreateCommit(
                project.Id, branch, message, [action], call.Me.Id, p.Text("start_branch"), p.Text("start_sha"), false,
                p.Text("author_name"), p.Text("author_email")),
            _ => status == 204 ? ApiAnswer.NoContent : new ApiAnswer(status, new { FilePath = path, Branch = branch }));
    }

    // Reading code: Guests of a private project may not, Reporters may; everybody may in the others.
    private static ApiAnswer Find(ApiCall call, string? refName, Func<Branch, FileEntry, ApiAnswer> answer)
    {
        if (call.FindProject(AccessLevel.None, out var project) is { } no)
        {
            return no;
        }

        if (project.Visibility == Visibility.Private && call.LevelIn(project) < AccessLevel.Reporter)
        {
            return ApiAnswer.Forbidden();
        }

        return call.World.Code.Resolve(project, refName) is not { } branch ? ApiAnswer.NotFound("Commit")
            : branch.Files.GetValueOrDefault(call.Route("path")) is not { } file ? ApiAnswer.NotFound("File")
            : answer(branch, file);
    }
}

internal static class FileContent
{
    /// <summary>Null when it says it is Base64 and is not.</summary>
    public static string? Decode(string content, string? encoding)
    {
        if (encoding != "base64")
        {
            return content;
        }

        var bytes = new byte[content.Length];
        return Convert.TryFromBase64String(content, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }
}
