using CountingKit.Messaging;
using MediatR;

namespace CountingKit.Spreadsheets;

/// <summary>In which ways a Google account can be connected here.</summary>
[Asks(Permission.View), Touches(Organizations.None)]
public sealed record GetGoogleReadiness : IQuery<GoogleReadiness>;

/// <param name="Missing">What keeps people from signing in at Google; null = nothing. Keys work without it.</param>
/// <param name="Scopes">The permissions that Google's page will ask for.</param>
/// <param name="HasServiceAccountFile">The settings name a key that can be used as it is.</param>
public sealed record GoogleReadiness(ErrorCode? Missing, IReadOnlyList<string> Scopes, bool HasServiceAccountFile);

internal sealed class GetGoogleReadinessHandler(IGoogleSignIn google) : IRequestHandler<GetGoogleReadiness, GoogleReadiness>
{
    public Task<GoogleReadiness> Handle(GetGoogleReadiness query, CancellationToken ct) =>
        Task.FromResult(new GoogleReadiness(google.Missing, google.Scopes, google.HasServiceAccountFile));
}
