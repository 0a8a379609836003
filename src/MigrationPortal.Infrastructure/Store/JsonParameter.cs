using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Infrastructure.Store;

/// <summary>A value for a <c>json</c> column, whose text stays as it was written: texts of files, addresses and numbers that must come back to the byte.</summary>
internal static class JsonParameter
{
    public static NpgsqlParameter<string?> Of<T>(T? value) => new() { TypedValue = value is null ? null : JsonSerializer.Serialize(value), NpgsqlDbType = NpgsqlDbType.Json };
}
