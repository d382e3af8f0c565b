using CountingKit.Spreadsheets;
using CountingKit.Testing.EventSourcing;

namespace CountingKit.Tests.Spreadsheets;

public sealed class SpreadsheetDecisions
{
    private static readonly Guid Key = Guid.Parse("0193a000-0000-7000-8000-0000000000b0");
    private static readonly Guid Account = Guid.Parse("0193a000-0000-7000-8000-0000000000a0");
    private static readonly SpreadsheetInfo Found = new("sheet-1", "Books", "https://sheets/1", null, true, []);
    private static readonly SpreadsheetConnected Connected = new(Key, Account, "sheet-1", "Books", "https://sheets/1", true);

    [Fact]
    public void It_is_connected_once() =>
        Given.Nothing(Spreadsheet.Decider)
            .When(state => Spreadsheet.Connect(state, Key, Account, Found, created: true)).Then(Connected)
            .When(state => Spreadsheet.Connect(state, Key, Account, Found, created: true)).ThenNotFound();

    [Fact]
    public void A_test_is_noted_with_the_title_of_today_or_the_known_one() =>
        Given.Events(Spreadsheet.Decider, Connected)
            .When(state => Spreadsheet.NoteTest(state, Key, Account, "Ledger", null)).Then(new SpreadsheetTested(Key, "Ledger", null))
            .When(state => Spreadsheet.NoteTest(state, Key, Account, null, "CK-GOOGLE-01"))
            .Then(new SpreadsheetTested(Key, "Ledger", "CK-GOOGLE-01"));

    [Fact]
    public void Another_account_writes_to_it_once_unless_a_third_was_chosen_meanwhile()
    {
        var other = Guid.Parse("0193a000-0000-7000-8000-0000000000a1");
        var given = Given.Events(Spreadsheet.Decider, Connected)
            .When(state => Spreadsheet.WriteAs(state, Key, other, before: Account)).Then(new SpreadsheetAccountChanged(Key, other))
            .When(state => Spreadsheet.WriteAs(state, Key, other, before: Account)).ThenNothing();

        given.When(state => Spreadsheet.WriteAs(state, Key, Guid.Empty, before: Account)).ThenRefused("CK-SPREADSHEET-06");
        Given.Events(Spreadsheet.Decider, Connected, new SpreadsheetRemoved(Key))
            .When(state => Spreadsheet.WriteAs(state, Key, other, before: Account)).ThenRefused("CK-SPREADSHEET-01");
    }

    [Fact]
    public void A_test_of_an_account_says_nothing_of_one_that_was_chosen_meanwhile() =>
        Given.Events(Spreadsheet.Decider, Connected, new SpreadsheetAccountChanged(Key, Guid.Empty))
            .When(state => Spreadsheet.NoteTest(state, Key, Account, null, "CK-GOOGLE-01")).ThenNothing();

    [Fact]
    public void It_is_removed_once_and_not_tested_afterwards()
    {
        var removed = Given.Events(Spreadsheet.Decider, Connected)
            .When(state => Spreadsheet.Remove(state, Key)).Then(new SpreadsheetRemoved(Key))
            .When(state => Spreadsheet.Remove(state, Key)).ThenNothing();

        removed.When(state => Spreadsheet.NoteTest(state, Key, Account, null, null)).ThenRefused("CK-SPREADSHEET-01");
    }

    [Fact]
    public void A_key_that_was_removed_is_not_taken_by_another_form() =>
        Given.Events(Spreadsheet.Decider, Connected, new SpreadsheetRemoved(Key))
            .When(state => Spreadsheet.Connect(state, Key, Account, Found, created: true)).ThenNotFound();
}
