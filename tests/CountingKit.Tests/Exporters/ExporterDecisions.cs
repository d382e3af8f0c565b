using CountingKit.Exporters;
using CountingKit.Testing.EventSourcing;
using static CountingKit.Tests.Exporters.Configurations;

namespace CountingKit.Tests.Exporters;

public sealed class ExporterDecisions
{
    private static readonly Guid Id = Guid.Parse("0193a000-0000-7000-8000-0000000000e0");
    private static readonly ExporterCreated Created = new(Id, 1, Invoices, "sheet-1");

    [Fact]
    public void A_claimed_tab_opens_the_exporter_once() =>
        Given.Nothing(Exporter.Decider)
            .When(state => Exporter.Open(state, Id, Invoices, "sheet-1")).Then(Created)
            .When(state => Exporter.Open(state, Id, Invoices, "sheet-1")).ThenNothing();

    [Fact]
    public void A_change_is_the_next_version_and_the_same_again_is_none()
    {
        var renamed = Invoices with { Columns = [new("invoiceNumber", "No."), new("invoiceId")] };
        Given.Events(Exporter.Decider, Created)
            .When(state => Exporter.Change(state, Id, renamed, "sheet-1"))
            .Then(new ExporterChanged(Id, 2, renamed, "sheet-1"))
            .When(state => Exporter.Change(state, Id, renamed with { Columns = [.. renamed.Columns] }, "sheet-1"))
            .ThenNothing();
    }

    [Fact]
    public void A_change_made_from_an_older_version_is_refused_until_it_is_made_from_the_last_one()
    {
        var headed = Invoices with { Columns = [new("invoiceNumber", "No."), new("invoiceId")] };
        var renamed = Invoices with { Name = "Renamed" };
        var changed = Given.Events(Exporter.Decider, Created)
            .When(state => Exporter.Change(state, Id, headed, "sheet-1", madeFrom: 1))
            .Then(new ExporterChanged(Id, 2, headed, "sheet-1"));

        changed.When(state => Exporter.Change(state, Id, renamed, "sheet-1", madeFrom: 1)).ThenChangedMeanwhile("CK-EXPORTER-14", 2);
        changed.When(state => Exporter.Change(state, Id, headed, "sheet-2", madeFrom: 1)).ThenChangedMeanwhile("CK-EXPORTER-14", 2);
        changed.When(state => Exporter.Change(state, Id, headed, "sheet-1", madeFrom: 1)).ThenNothing();
        foreach (var version in (int?[])[2, null])
            changed.When(state => Exporter.Change(state, Id, renamed, "sheet-1", version))
                .Then(new ExporterChanged(Id, 3, renamed, "sheet-1"));
    }

    [Fact]
    public void An_exporter_keeps_its_data() =>
        Given.Events(Exporter.Decider, Created)
            .When(state => Exporter.Change(state, Id, Invoices with { Dataset = "contacts" }, "sheet-1")).ThenRefused("CK-EXPORTER-27");

    [Fact]
    public void Pausing_and_resuming_make_no_change_older() =>
        Given.Events(Exporter.Decider, Created, new ExporterPaused(Id), new ExporterResumed(Id), new ExporterPaused(Id))
            .When(state => Exporter.Change(state, Id, Invoices with { Name = "Renamed" }, "sheet-1", madeFrom: 1))
            .Then(new ExporterChanged(Id, 2, Invoices with { Name = "Renamed" }, "sheet-1"));

    [Fact]
    public void An_organization_that_it_lost_makes_a_change_older()
    {
        var both = Invoices with { ConnectionIds = [Acme, Beta] };
        Given.Events(Exporter.Decider, Created with { Configuration = both })
            .When(state => Exporter.LoseOrganization(state, Id, Beta))
            .Then(new ExporterChanged(Id, 2, both with { ConnectionIds = [Acme] }, "sheet-1"))
            .When(state => Exporter.Change(state, Id, both with { Name = "Renamed" }, "sheet-1", madeFrom: 1))
            .ThenChangedMeanwhile("CK-EXPORTER-14", 2);
    }

    [Fact]
    public void It_is_paused_once_and_resumed_once() =>
        Given.Events(Exporter.Decider, Created)
            .When(state => Exporter.Pause(state, Id)).Then(new ExporterPaused(Id))
            .When(state => Exporter.Pause(state, Id)).ThenNothing()
            .When(state => Exporter.Resume(state, Id)).Then(new ExporterResumed(Id))
            .When(state => Exporter.Resume(state, Id)).ThenNothing();

    [Fact]
    public void Deleted_it_is_deleted_once_and_changes_no_more()
    {
        var deleted = Given.Events(Exporter.Decider, Created)
            .When(state => Exporter.Delete(state, Id, "deleted")).Then(new ExporterDeleted(Id, "deleted"));

        deleted.When(state => Exporter.Delete(state, Id, "deleted")).ThenNothing();
        deleted.When(state => Exporter.Change(state, Id, Invoices, "sheet-1")).ThenRefused("CK-EXPORTER-01");
        deleted.When(state => Exporter.Change(state, Id, Invoices, "sheet-1", madeFrom: 2)).ThenRefused("CK-EXPORTER-01");
        deleted.When(state => Exporter.Pause(state, Id)).ThenRefused("CK-EXPORTER-01");
    }

    [Fact]
    public void It_goes_with_the_last_organization_that_it_reads() =>
        Given.Events(Exporter.Decider, Created)
            .When(state => Exporter.LoseOrganization(state, Id, Acme)).Then(new ExporterDeleted(Id, "disconnected"))
            .When(state => Exporter.LoseOrganization(state, Id, Acme)).ThenNothing();

    [Fact]
    public void It_goes_when_it_loses_all_of_several_at_once() =>
        Given.Events(Exporter.Decider, Created with { Configuration = Invoices with { ConnectionIds = [Acme, Beta] } })
            .When(state => Exporter.LoseOrganizations(state, Id, [Acme, Beta]))
            .Then(new ExporterDeleted(Id, "disconnected"));

    [Fact]
    public void Of_several_organizations_it_loses_the_one_and_reads_the_others()
    {
        var both = Invoices with { ConnectionIds = [Acme, Beta] };
        Given.Events(Exporter.Decider, Created with { Configuration = both })
            .When(state => Exporter.LoseOrganization(state, Id, Acme))
            .Then(new ExporterChanged(Id, 2, both with { ConnectionIds = [Beta] }, "sheet-1"));
    }

    [Fact]
    public void An_organization_that_it_does_not_read_is_nothing_to_it() =>
        Given.Events(Exporter.Decider, Created)
            .When(state => Exporter.LoseOrganization(state, Id, Beta)).ThenNothing();
}
