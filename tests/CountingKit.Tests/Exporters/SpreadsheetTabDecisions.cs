using CountingKit.Exporters;
using CountingKit.Testing.EventSourcing;
using static CountingKit.Tests.Exporters.Configurations;

namespace CountingKit.Tests.Exporters;

public sealed class SpreadsheetTabDecisions
{
    private static readonly Guid One = Guid.Parse("0193a000-0000-7000-8000-0000000000e1");
    private static readonly Guid Two = Guid.Parse("0193a000-0000-7000-8000-0000000000e2");

    [Fact]
    public void A_tab_belongs_to_the_first_who_claims_it_whatever_the_case_of_its_name()
    {
        var claimed = Given.Nothing(SpreadsheetTabs.Decider)
            .When(state => SpreadsheetTabs.Claim(state, "sheet-1", One, Invoices))
            .Then(new TabClaimed("sheet-1", "Invoices", One, Invoices));

        claimed.When(state => SpreadsheetTabs.Claim(state, "sheet-1", One, Invoices)).ThenNothing();
        claimed.When(state => SpreadsheetTabs.Claim(state, "sheet-1", Two, Invoices with { TabTitle = "INVOICES" }))
            .ThenRefused("CK-EXPORTER-02");
    }

    [Fact]
    public void A_tab_that_was_given_back_may_be_taken_by_another() =>
        Given.Events(SpreadsheetTabs.Decider, new TabClaimed("sheet-1", "Invoices", One, Invoices))
            .When(state => SpreadsheetTabs.Release(state, "sheet-1", "Invoices", One))
            .Then(new TabReleased("sheet-1", "Invoices", One))
            .When(state => SpreadsheetTabs.Release(state, "sheet-1", "Invoices", One)).ThenNothing()
            .When(state => SpreadsheetTabs.Take(state, "sheet-1", "invoices", Two))
            .Then(new TabTaken("sheet-1", "invoices", Two));

    [Fact]
    public void Nobody_gives_back_what_another_holds() =>
        Given.Events(SpreadsheetTabs.Decider, new TabClaimed("sheet-1", "Invoices", One, Invoices))
            .When(state => SpreadsheetTabs.Release(state, "sheet-1", "Invoices", Two)).ThenNothing();

    [Fact]
    public void A_tab_that_nobody_has_is_kept_for_its_exporter_and_one_that_another_has_is_left_to_that() =>
        Given.Nothing(SpreadsheetTabs.Decider)
            .When(state => SpreadsheetTabs.Keep(state, "sheet-1", "Bills", One)).Then(new TabTaken("sheet-1", "Bills", One))
            .When(state => SpreadsheetTabs.Keep(state, "sheet-1", "Bills", One)).ThenNothing()
            .When(state => SpreadsheetTabs.Keep(state, "sheet-1", "bills", Two)).ThenNothing();
}
