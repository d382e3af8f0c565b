namespace CountingKit.Sandbox.Xero.SignIn;

/// <summary>Somebody who can sign in to the stand-in.</summary>
/// <param name="Role">Xero's role, in every organization that the person belongs to.</param>
/// <param name="OnlyOrganization">Belongs to this organization alone (counted from 1); null: to all.</param>
internal sealed record Person(
    string Id, string GivenName, string FamilyName, string Email, string Role, int? OnlyOrganization)
{
    public static readonly IReadOnlyList<Person> All =
    [
        new(DerivedId.Of("person mary"), "Mary", "Advisor", "mary.advisor@example.com", "FINANCIALADVISER", null),
        new(DerivedId.Of("person olive"), "Olive", "Standard", "olive.standard@example.com", "STANDARD", 2),
        new(DerivedId.Of("person sam"), "Sam", "Readonly", "sam.readonly@example.com", "READONLY", null),
    ];

    public string Name => $"{GivenName} {FamilyName}";

    /// <summary>Only Standard and Adviser may connect an app (developer.xero.com, faq/permissions).</summary>
    public bool MayConnect(int organization) =>
        (Role is "STANDARD" or "FINANCIALADVISER") && (OnlyOrganization is null || OnlyOrganization == organization);
}
