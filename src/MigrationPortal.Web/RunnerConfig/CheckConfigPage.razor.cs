using Microsoft.AspNetCore.Authorization;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>For everybody with a runner of their own: what is wrong with its configuration, and who its jobs run as.</summary>
[Authorize(Policy = Policies.SignedIn)]
public sealed partial class CheckConfigPage;
