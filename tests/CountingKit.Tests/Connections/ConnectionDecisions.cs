using System.Diagnostics;
using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Mirror;
using CountingKit.Testing.EventSourcing;

namespace CountingKit.Tests.Connections;

public sealed class ConnectionDecisions
{
    private static readonly Guid Beta = Guid.Parse("11111111-0000-4000-8000-00000000000b");
    private static readonly SignInExpired Expired = new(Acme.Connection, "CK-XERO-AUTH-02");
    private static readonly AccessLost Lost = new(Acme.Connection, "CK-XERO-ACCESS-01");
    private static readonly AccessRegained Regained = new(Acme.Connection);

    [Fact]
    public void A_claim_opens_the_connection_once() =>
        Given.Nothing(Connection.Decider)
            .When(state => Connection.Open(state, Acme.Claimed))
            .Then(Acme.Connected)
            .When(state => Connection.Open(state, Acme.Claimed))
            .ThenNothing();

    [Fact]
    public void What_Xero_says_is_noted_only_when_it_differs() =>
        Given.Events(Connection.Decider, Acme.Connected)
            .When(state => Connection.Found(state, Acme.Described))
            .Then(Acme.Described)
            .When(state => Connection.Found(state, Acme.Described))
            .ThenNothing()
            .When(state => Connection.Found(state, Acme.Described with { BaseCurrency = "EUR" }))
            .Then(Acme.Described with { BaseCurrency = "EUR" });

    [Fact]
    public void An_answer_after_a_trouble_tells_that_access_is_regained() =>
        Given.Events(Connection.Decider, Acme.Connected, Acme.Described, Lost)
            .When(state => Connection.Found(state, Acme.Described))
            .Then(Regained)
            .When(state => Connection.Found(state, Acme.Described))
            .ThenNothing();

    [Fact]
    public void Data_that_was_read_ends_the_trouble_that_was_known_before_and_no_newer_one() =>
        Given.Events(Connection.Decider, Acme.Connected, Lost)
            .When(state => Connection.Answered(state, Expired)).ThenNothing()
            .When(state => Connection.Answered(state, Lost)).Then(Regained)
            .When(state => Connection.Answered(state, Lost)).ThenNothing();

    [Fact]
    public void A_dead_sign_in_is_told_once() =>
        Given.Events(Connection.Decider, Acme.Connected)
            .When(state => Connection.Failed(state, SourceProblem.SignInExpired, "CK-XERO-AUTH-02"))
            .Then(Expired)
            .When(state => Connection.Failed(state, SourceProblem.SignInExpired, "CK-XERO-AUTH-02"))
            .ThenNothing()
            .When(state => Connection.Failed(state, SourceProblem.NoAccess, "CK-XERO-ACCESS-01"))
            .Then(Lost);

    [Theory]
    [InlineData(SourceProblem.Unavailable)]
    [InlineData(SourceProblem.DayLimit)]
    [InlineData(SourceProblem.PermissionMissing)]
    [InlineData(SourceProblem.Configuration)]
    [InlineData(SourceProblem.KeysMissing)]
    public void What_no_reconnecting_mends_is_not_held_against_the_connection(SourceProblem problem) =>
        Given.Events(Connection.Decider, Acme.Connected)
            .When(state => Connection.Failed(state, problem, "CK-XERO-DOWN-01"))
            .ThenNothing();

    [Fact]
    public void Reconnecting_the_same_organization_ends_the_trouble_and_happens_once_a_sign_in()
    {
        var granted = Acme.Granted(Acme.Choice(Acme.Tenant, Acme.Name));

        Given.Events(Connection.Decider, Acme.Connected, Expired)
            .When(state => Connection.Reconnect(state, granted))
            .Then(Acme.Reconnected)
            .When(state => Connection.Reconnect(state, granted))
            .ThenNothing()
            .When(state => Connection.Found(state, Acme.Described))
            .Then(Acme.Described);
    }

    [Fact]
    public void Reconnecting_another_organization_is_refused_with_its_name()
    {
        var state = Connection.Evolve(Connection.Decider.Initial, Acme.Connected);
        var granted = Acme.Granted(
            Acme.Choice(Beta, "Beta Bakery"), Acme.Choice(Acme.Tenant, Acme.Name, justGranted: false));

        FluentActions.Invoking(() => Connection.Reconnect(state, granted)).Should().Throw<RefusedException>()
            .WithMessage("You signed in to Beta Bakery; this connection reads Acme  Ltd. Nothing was changed.*")
            .Which.Code.Should().Be("CK-CONN-04");
    }

    [Fact]
    public void A_sign_in_that_granted_nothing_new_reconnects_what_it_reads_already() =>
        Given.Events(Connection.Decider, Acme.Connected)
            .When(state => Connection.Reconnect(
                state, Acme.Granted(Acme.Choice(Acme.Tenant, Acme.Name, justGranted: false))))
            .Then(Acme.Reconnected);

    [Fact]
    public void Pausing_and_resuming_happen_once_each() =>
        Given.Events(Connection.Decider, Acme.Connected)
            .When(Connection.Resume).ThenNothing()
            .When(Connection.Pause).Then(new ConnectionPaused(Acme.Connection))
            .When(Connection.Pause).ThenNothing()
            .When(Connection.Resume).Then(new ConnectionResumed(Acme.Connection))
            .When(Connection.Resume).ThenNothing();

    [Fact]
    public void Labels_are_noted_when_they_differ()
    {
        var labels = new ConnectionLabeled(Acme.Connection, "The bakery", "B-17", ["monthly", "vat"]);

        Given.Events(Connection.Decider, Acme.Connected)
            .When(state => Connection.Label(state, labels)).Then(labels)
            .When(state => Connection.Label(state, labels with { Tags = ["monthly", "vat"] })).ThenNothing()
            .When(state => Connection.Label(state, labels with { Tags = [] })).Then(labels with { Tags = [] });
    }

    [Fact]
    public void Labels_made_from_older_ones_are_refused_until_they_are_made_from_the_last()
    {
        var first = new ConnectionLabeled(Acme.Connection, "The bakery", null, []);
        var second = new ConnectionLabeled(Acme.Connection, null, "B-17", []);
        var changed = Given.Events(Connection.Decider, Acme.Connected)
            .When(state => Connection.Label(state, first, madeFrom: 0)).Then(first);

        changed.When(state => Connection.Label(state, second, madeFrom: 0)).ThenChangedMeanwhile("CK-CONN-07", 1);
        changed.When(state => Connection.Label(state, first, madeFrom: 0)).ThenNothing();
        foreach (var version in (int?[])[1, null])
            changed.When(state => Connection.Label(state, second, version)).Then(second);
    }

    [Theory]
    [InlineData("Acme  Ltd")]
    [InlineData(" acme ltd ")]
    public void The_typed_name_disconnects_once(string typed) =>
        Given.Events(Connection.Decider, Acme.Connected)
            .When(state => Connection.RequestDisconnect(state, typed))
            .Then(Acme.DisconnectRequested)
            .When(state => Connection.RequestDisconnect(state, typed))
            .ThenNothing();

    [Theory]
    [InlineData("Acme")]
    [InlineData("")]
    [InlineData("Acme Ltd.")]
    public void Another_name_disconnects_nothing(string typed) =>
        Given.Events(Connection.Decider, Acme.Connected)
            .When(state => Connection.RequestDisconnect(state, typed))
            .ThenRefused("CK-CONN-05");

    [Fact]
    public void What_cannot_be_seen_in_a_name_need_not_be_typed() =>
        Given.Events(Connection.Decider, Acme.Connected, Acme.Described with { OrganizationName = "Acme\u202E \u200BLtd" })
            .When(state => Connection.RequestDisconnect(state, "Acme Ltd"))
            .Then(Acme.DisconnectRequested);

    [Fact]
    public void The_name_to_type_follows_Xero() =>
        Given.Events(Connection.Decider, Acme.Connected, Acme.Described with { OrganizationName = "Acme 2" })
            .When(state => Connection.RequestDisconnect(state, "Acme 2"))
            .Then(Acme.DisconnectRequested);

    [Fact]
    public void Each_step_is_noted_once_and_the_end_too() =>
        Given.Events(Connection.Decider, Acme.Connected, Acme.DisconnectRequested)
            .When(state => Connection.TakeStep(state, DisconnectSteps.RemoveAtXero))
            .Then(new DisconnectStepTaken(Acme.Connection, "remove-at-xero"))
            .When(state => Connection.TakeStep(state, DisconnectSteps.RemoveAtXero)).ThenNothing()
            .When(Connection.EndDisconnect).Then(Acme.Disconnected)
            .When(Connection.EndDisconnect).ThenNothing()
            .When(state => Connection.TakeStep(state, DisconnectSteps.Release)).ThenNothing();

    [Theory]
    [InlineData(false, "CK-CONN-06")]
    [InlineData(true, "CK-CONN-01")]
    public void Nothing_can_be_asked_of_a_connection_that_ends_or_has_ended(bool ended, string code)
    {
        IEvent[] past =
            [Acme.Connected, Acme.DisconnectRequested, .. ended ? [Acme.Disconnected] : Array.Empty<IEvent>()];
        var given = Given.Events(Connection.Decider, past);

        given.When(Connection.Pause).ThenRefused(code);
        given.When(Connection.Resume).ThenRefused(code);
        given.When(state => Connection.Label(state, new(Acme.Connection, null, null, []))).ThenRefused(code);
        given.When(state => Connection.Reconnect(state, Acme.Granted(Acme.Choice(Acme.Tenant, Acme.Name))))
            .ThenRefused(code);
    }

    [Fact]
    public void A_check_that_comes_late_changes_nothing() =>
        Given.Events(Connection.Decider, Acme.Connected, Acme.DisconnectRequested)
            .When(state => Connection.Found(state, Acme.Described)).ThenNothing()
            .When(state => Connection.Failed(state, SourceProblem.NoAccess, "CK-XERO-ACCESS-01")).ThenNothing();

    [Fact]
    public void An_event_that_does_not_follow_is_a_bug() =>
        FluentActions.Invoking(() => Connection.Evolve(Connection.Decider.Initial, Acme.Described))
            .Should().Throw<UnreachableException>();
}
