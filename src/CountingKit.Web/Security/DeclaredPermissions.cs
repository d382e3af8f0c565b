namespace CountingKit.Web.Security;

/// <summary>No endpoint without exactly one declaration of who may use it.</summary>
internal static class DeclaredPermissions
{
    /// <exception cref="InvalidOperationException">An endpoint declares none, or more than one.</exception>
    public static void CheckPermissions(this IEndpointRouteBuilder app)
    {
        var wrong = Undeclared(app.DataSources.SelectMany(source => source.Endpoints)).ToList();
        if (wrong.Count > 0)
            throw new InvalidOperationException(
                $"These endpoints do not declare exactly one permission: {string.Join(", ", wrong)}");
    }

    internal static IEnumerable<string> Undeclared(IEnumerable<Endpoint> endpoints) => endpoints
        .Where(endpoint => endpoint.Metadata.GetOrderedMetadata<NeedsAttribute>().Count
            + endpoint.Metadata.GetOrderedMetadata<OpenToStrangersAttribute>().Count != 1)
        .Select(endpoint => endpoint.DisplayName ?? endpoint.ToString()!);
}
