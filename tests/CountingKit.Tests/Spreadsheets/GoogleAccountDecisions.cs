using CountingKit.Spreadsheets;
using CountingKit.Testing.EventSourcing;

namespace CountingKit.Tests.Spreadsheets;

public sealed class GoogleAccountDecisions
{
    private static readonly Guid Id = Guid.Parse("0193a000-0000-7000-8000-0000000000a0");
    private static readonly string[] Scopes = ["drive.file"];
    private static readonly GoogleAccountConnected Connected = new(Id, AccountKind.Person, Scopes);

    [Fact]
    public void It_is_connected_once_and_signs_in_again_afterwards() =>
        Given.Nothing(GoogleAccount.Decider)
            .When(state => GoogleAccount.Connect(state, Id, AccountKind.Person, Scopes)).Then(Connected)
            .When(state => GoogleAccount.Connect(state, Id, AccountKind.Person, ["spreadsheets"]))
            .Then(new GoogleAccountReconnected(Id, ["spreadsheets"]));

    [Fact]
    public void A_dead_sign_in_is_noted_once_and_a_new_one_revives_it() =>
        Given.Events(GoogleAccount.Decider, Connected)
            .When(state => GoogleAccount.NoteExpired(state, Id, "CK-GOOGLE-AUTH-01"))
            .Then(new GoogleSignInExpired(Id, "CK-GOOGLE-AUTH-01"))
            .When(state => GoogleAccount.NoteExpired(state, Id, "CK-GOOGLE-AUTH-01")).ThenNothing()
            .When(state => GoogleAccount.Connect(state, Id, AccountKind.Person, Scopes))
            .ThenState(new GoogleAccount.State.Connected(AccountKind.Person, Expired: false));

    [Fact]
    public void A_sign_in_that_Google_takes_again_is_noted_once() =>
        Given.Events(GoogleAccount.Decider, Connected, new GoogleSignInExpired(Id, "CK-GOOGLE-KEY-03"))
            .When(state => GoogleAccount.NoteRegained(state, Id)).Then(new GoogleSignInRegained(Id))
            .When(state => GoogleAccount.NoteRegained(state, Id)).ThenNothing();

    [Fact]
    public void A_sign_in_of_the_other_kind_is_no_sign_in_of_it() =>
        Given.Events(GoogleAccount.Decider, Connected)
            .When(state => GoogleAccount.Connect(state, Id, AccountKind.ServiceAccount, Scopes))
            .ThenRefused("CK-GOOGLE-SIGNIN-08");

    [Fact]
    public void Disconnecting_is_asked_once_finished_once_and_final()
    {
        var ended = Given.Events(GoogleAccount.Decider, Connected)
            .When(state => GoogleAccount.RequestDisconnect(state, Id)).Then(new GoogleDisconnectRequested(Id))
            .When(state => GoogleAccount.RequestDisconnect(state, Id)).ThenNothing()
            .When(state => GoogleAccount.FinishDisconnect(state, Id)).Then(new GoogleAccountDisconnected(Id))
            .When(state => GoogleAccount.FinishDisconnect(state, Id)).ThenNothing();

        ended.When(state => GoogleAccount.RequestDisconnect(state, Id)).ThenRefused("CK-SPREADSHEET-02");
        ended.When(state => GoogleAccount.Connect(state, Id, AccountKind.Person, Scopes)).ThenRefused("CK-SPREADSHEET-02");
    }

    [Fact]
    public void What_was_never_connected_is_neither_disconnected_nor_expired()
    {
        var nothing = Given.Nothing(GoogleAccount.Decider);

        nothing.When(state => GoogleAccount.RequestDisconnect(state, Id)).ThenRefused("CK-SPREADSHEET-02");
        nothing.When(state => GoogleAccount.NoteExpired(state, Id, "CK-GOOGLE-AUTH-01")).ThenNothing();
    }
}
