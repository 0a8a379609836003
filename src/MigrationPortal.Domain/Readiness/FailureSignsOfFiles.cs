namespace MigrationPortal.Domain.Readiness;

/// <summary>Whose files they are, and who the job runs as (rules R16, R35, R36): texts of git, apt, apk, rpm, npm, pip, coreutils and language runtimes.</summary>
internal static class FailureSignsOfFiles
{
    private const string Start = FailureSignsOfDocker.Start;
    private const string Denied = @"(?:permission denied|EACCES|EROFS|read-only file system|not writable|Errno 13|Errno 30|access is denied|AccessDenied)";
    private const string Home = @"(?:/root(?:/|['"":)\s])|/home/[\w.-]+/|(?:^|['""\s(:])/\.[a-z][\w-]*)";

    // Refusals by servers and databases, in the same words.
    private const string NotOfFiles = @"\((?:publickey|password|keyboard|gssapi|hostbased)|please try again|^\s*remote: |\b(?:HTTP|status|code)[ /:=]*\S* ?40[13]\b|PERMISSION_DENIED|denied (?:for|on|to) (?:table|schema|relation|database|user|sequence|function|function|column|view|language|type|tablespace|resource|project|object|bucket)|\bSQLSTATE\b|\brpc error\b|\bs3://|\bgs://|403 Forbidden|AccessDeniedException: User|docker\.sock";

    public static readonly IReadOnlyList<FailureSign> Ownership =
    [
        new("git-ownership", "R36", "Git refuses the working copy because another user owns it: sources were fetched as one user, the job runs as another.",
            "Run git config --global --add safe.directory \"$CI_PROJECT_DIR\" first, or ask that job and helper run as the same user.",
            @"detected dubious ownership in repository", @"fatal: unsafe repository", @"is owned by someone else", @"error obtaining VCS status: exit status 128", @"config --global --add safe\.directory", @"repository path '.*' is not owned by current user"),
        new FailureSign("home-unwritable", "R36", "The job may not write to its home directory, because it does not run as the user of the image.",
            "Set HOME in the job to a directory that it may write, such as $CI_PROJECT_DIR/.home or /tmp.",
            @"could not lock config file \S*\.gitconfig", @"(?:could not|cannot|can't|failed to|unable to) \w+ .*(?:\$HOME|home directory)", Home + ".*" + Denied, Denied + ".*" + Home, @"\bHOME\b.*(?:is not writable|not set|not defined|is unset)", @"Could not create directory '(?:/root|/)?/\.ssh'", @"build cache is required, but could not be located: GOCACHE is not defined")
            .Unless(NotOfFiles),
        new("apt-nonroot", "R16", "The job installs packages, and it does not run as root here.",
            "Use an image that has the packages already, or install to a directory of the job.",
            @"Could not open lock file \S*(?:dpkg|apt)\S*", @"Unable to (?:acquire|lock) .*(?:dpkg|apt|apk|frontend|administration|database|directory)", @"List directory \S*apt\S* is missing", @"/var/(?:lib|cache)/(?:apt|dpkg|rpm|dnf|yum|pacman|apk)\S*.*" + Denied, @"Failed to open apk database", @"requires? (?:root|superuser) privileges", @"with superuser privileges", @"need to be root to perform this command", @"operation unless you are root", @"Root privileges are required",
            @"(?:rpm|rpmdb|transaction lock).*" + Denied, @"^(?:.*: )?sudo: (?:effective uid|a password is required|a terminal is required|The ""no new privileges""|unable to|.*must be owned by uid 0|PERM_|you do not exist|unknown u(?:id|ser))", @"is not in the sudoers file", @"su: must be suid", @"su: (?:Authentication failure|cannot set groups)", Denied + @".*(?:/usr/(?:local/)?lib/node_modules|site-packages|dist-packages|/usr/local/bundle|/var/lib/gems)", @"(?:/usr/(?:local/)?lib/node_modules|site-packages|dist-packages|/usr/local/bundle|/var/lib/gems)\S*.*" + Denied,
            @"don't have write permissions for the \S+ directory", @"Could not install packages due to an (?:OSError|EnvironmentError): \[Errno 13\]", @"setgroups 65534 failed|seteuid \d+ failed|setresuid.*not permitted.*apt", @"^E: .*\(13: Permission denied\)", @"are you root\?$", @"must be (?:run as )?root to (?:run|use|install)", @"microdnf: .*(?:denied|Failed to create)", @"dpkg: error: requested operation requires superuser privilege"),
        new FailureSign("file-permission", "R35", "The job may not read or write a file: it belongs to another user, or the directory is read-only here.",
            "Write below $CI_PROJECT_DIR or /tmp; ask that job and helper run as the same user. Private keys need chmod 600.",
            Start + @"(?:/\S+/)?[\w.-]+: (?:cannot|can't|could not|couldn't|unable to|failed to|error) .*(?:Permission denied|Read-only file system|Operation not permitted)", Start + @"(?:chown|chmod|chgrp|cp|mv|rm|touch|mkdir|ln|tar|install|tee|cat|ls|find|unzip|sed|rsync)(?: \(\w+\))?: .*(?:Permission denied|Read-only file system|Operation not permitted)",
            @"(?:ba|da|k|z|a)?sh: (?:line )?(?:\d+: )?\S+: (?:Permission denied|Read-only file system)\s*$", @"(?:ba|da|k|z|a)?sh: (?:\d+: )?(?:cannot|can't) (?:create|open) .*: (?:Permission denied|Read-only file system)", @"\b(?:EACCES: permission denied|EROFS: read-only file system|EPERM: operation not permitted), \w+ '", @"\[Errno (?:13|30|1)\] (?:Permission denied|Read-only file system|Operation not permitted): '?""?[/\w.]", @"java\.nio\.file\.(?:AccessDeniedException|ReadOnlyFileSystemException)", @"FileNotFoundException: .*\((?:Permission denied|Read-only file system)\)", @"IOException: (?:Permission denied|Read-only file system)",
            @"\b(?:open|mkdir|create|unlink|unlinkat|rename|chmod|chown|stat|remove|link|symlink|chtimes|lchown|lstat|openat)\S* [""']?[/.\w]\S*:? (?:permission denied|read-only file system|operation not permitted)", @"Access to the path '.*' is denied", @"error: (?:unable to|could not|cannot) (?:create|unlink|write|open|lock|remove) .*: (?:Permission denied|Read-only file system)", @"insufficient permission for adding an object", @"could not create (?:work tree dir|leading directories|directory)\b.*(?:Permission denied|Read-only file system)", @"warning: failed to remove .*: Permission denied", @"UNPROTECTED PRIVATE KEY FILE", @"Permissions 0\d{3} for '.*' are too open", @"failed to open \S*(?:/|\.)\S*: (?:Permission denied|Read-only file system)", @"(?:Permission denied|Read-only file system) @ (?:rb_sysopen|dir_s_mkdir|apply2files|\w+) - ", @"failed to open stream: Permission denied", @"mkdir\(\): Permission denied", @"is not writable\b", @"(?:Permission denied|Read-only file system) \(os error \d+\)", @"cannot open (?:file|output file) .*: (?:Permission denied|Read-only file system)", @"cannot open output file \S+: Permission denied", @"\bfatal error: .*: Permission denied$")
            .Unless(NotOfFiles),
    ];
}
