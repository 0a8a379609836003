using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.GitLab.Desk;

internal sealed class GitLabVariableDesk(DeskCalls calls) : IVariableDesk
{
    public Task<Outcome<CiVariable?>> FindAsync(GitLabCaller caller, VariablePlace place, string key, string scope, CancellationToken cancel) =>
        calls.As(place.Instance, caller).FindAsync<VariableDto, CiVariable>(
            (api, who, purpose) => api.VariableAsync(Kind(place), place.Number, key, OfScope(scope), who, purpose, cancel), dto => Read(dto, dto.Value), "Variable");

    public async Task<Outcome<IReadOnlyList<CiVariable>>> ListAsync(GitLabCaller caller, VariablePlace place, CancellationToken cancel) =>
        (await calls.As(place.Instance, caller).ListAsync<VariableDto>(
            (api, page, who, purpose) => api.VariablesAsync(Kind(place), place.Number, page, who, purpose, cancel), Paging.Offset(), _ => true))
        .Match<Outcome<IReadOnlyList<CiVariable>>>(read => read.Items.ConvertAll(one => Read(one, null)), no => no);

    public Task<Outcome<CiVariable>> CreateAsync(PersonToken person, VariablePlace place, NewVariable wanted, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var written = new VariableWriteDto { Key = wanted.Key, Value = wanted.Value, EnvironmentScope = wanted.Scope, Protected = wanted.Protected, Description = wanted.Description };
        return calls.As(place.Instance, person).AskAsync(
            (api, who, purpose) => api.CreateVariableAsync(Kind(place), place.Number, written, who, purpose, true, cancel),
            dto => Read(dto, dto.Value),
            said => said.Contains("has already been taken", StringComparison.Ordinal) ? DeskCode.Conflict : null);
    }

    public Task<Outcome<CiVariable>> UpdateAsync(PersonToken person, VariablePlace place, string key, string scope, string value, CancellationToken cancel) =>
        calls.As(place.Instance, person).AskAsync(
            (api, who, purpose) => api.UpdateVariableAsync(Kind(place), place.Number, key, OfScope(scope), new VariableValueDto { Value = value }, who, purpose, cancel),
            dto => Read(dto, dto.Value));

    public Task<Outcome<bool>> DeleteAsync(PersonToken person, VariablePlace place, string key, string scope, CancellationToken cancel) =>
        calls.As(place.Instance, person).DeleteAsync((api, who, purpose) => api.DeleteVariableAsync(Kind(place), place.Number, key, OfScope(scope), who, purpose, cancel), "Variable");

    private static string Kind(VariablePlace place) => place is VariablePlace.OfGroup ? "groups" : "projects";

    private static Dictionary<string, string> OfScope(string scope) => new() { ["filter[environment_scope]"] = scope };

    private static CiVariable Read(VariableDto dto, string? value) => new(
        dto.Key,
        dto.Hidden is true ? null : value,
        dto.EnvironmentScope ?? CiVariable.EveryScope,
        dto.Protected ?? false,
        dto.Masked ?? false,
        dto.Hidden ?? false,
        dto.Raw ?? false,
        dto.VariableType == "file");
}
