using System.Text;
using CountingKit.Connections;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using CountingKit.Messaging;
using CountingKit.Spreadsheets;
using CountingKit.Web.Features.Audit;
using CountingKit.Web.Tests.Portal;
using CountingKit.Workspaces;

namespace CountingKit.Web.Tests.Audit;

public sealed class ChangesTold
{
    private static readonly Guid Acme = Guid.Parse("0193a000-0000-7000-8000-00000000000a");
    private static readonly Guid Beta = Guid.Parse("0193a000-0000-7000-8000-00000000000b");
    private static readonly Guid Other = Guid.Parse("0193a000-0000-7000-8000-0000000000ff");
    private static readonly Guid Ledger = Guid.Parse("0193a000-0000-7000-8000-0000000000b1");
    private static readonly Dictionary<Guid, string> Names = new() { [Acme] = "Acme Ltd", [Beta] = "Beta Inc", [Ledger] = "Ledger" };

    private static readonly ExporterConfiguration Sales = Story.Invoices(Acme, "Sales") with
    {
        Columns = [new("invoiceNumber"), new("reference"), new("totalTax"), new("customer"), new("total")],
        Statuses = ["DRAFT", "AUTHORISED"],
        SpreadsheetKey = Acme,
    };

    [Fact]
    public void Columns_are_told_as_added_removed_moved_and_renamed() => Told(
        Sales,
        Sales with { Columns = [new("invoiceNumber"), new("total", "Amount"), new("totalTax"), new("customer"), new("dueDate")] })
        .Should().Equal("Columns: added Due Date; removed Reference; moved Total before Total Tax; renamed heading “Total” to “Amount”");

    [Fact]
    public void One_column_that_moved_is_one_move_wherever_it_went()
    {
        Told(Sales, Sales with { Columns = [.. Sales.Columns.Skip(1), Sales.Columns[0]] })
            .Should().Equal("Columns: moved Invoice Number to the end");
        Told(Sales, Sales with { Columns = [Sales.Columns[^1], .. Sales.Columns.SkipLast(1)] })
            .Should().Equal("Columns: moved Total before Invoice Number");
    }

    [Fact]
    public void A_column_that_comes_with_a_heading_of_its_own_says_so_and_the_same_heading_is_no_change()
    {
        Told(Sales, Sales with { Columns = [.. Sales.Columns, new("dueDate", "Pay by")] })
            .Should().Equal("Columns: added Due Date as “Pay by”");
        Told(Sales, Sales with { Columns = [new("invoiceNumber", "Invoice Number"), .. Sales.Columns.Skip(1)] })
            .Should().Equal("Columns: the same, written in another way");
    }

    [Fact]
    public void Statuses_are_told_in_xeros_own_words_and_none_chosen_is_all()
    {
        Told(Sales, Sales with { Statuses = ["AUTHORISED", "PAID"] }).Should().Equal("Status: added Paid; removed Draft");
        Told(Sales, Sales with { Statuses = [] }).Should().Equal("Status: Draft, Awaiting Payment → all");
        Told(Sales, Sales with { Statuses = ["AUTHORISED", "DRAFT"] }).Should().Equal("Status: in another order");
    }

    [Fact]
    public void Days_names_and_places_are_told_from_what_to_what() => Told(
        Sales with { From = new(2026, 1, 1) },
        Sales with { Name = "Sales of the year", From = new(2026, 2, 1), To = new(2026, 12, 31), SpreadsheetKey = Ledger, TabTitle = "Year" })
        .Should().Equal(
            "Name: “Sales” → “Sales of the year”", "From: Jan 1, 2026 → Feb 1, 2026", "To: no end → Dec 31, 2026",
            "Spreadsheet: “Acme Ltd” → “Ledger”", "Tab: “Invoices” → “Year”");

    [Fact]
    public void The_order_of_rows_is_told_by_column_and_direction()
    {
        var (none, due) = (Sales, Sales with { Sort = [new("dueDate"), new("total")] });

        Told(none, due).Should().Equal("Sort: the usual order → Due Date, Total");
        Told(due, due with { Sort = [new("dueDate", Descending: true), new("total")] }).Should().Equal("Sort: Due Date is now descending");
        Told(due, due with { Sort = [new("total"), new("dueDate")] }).Should().Equal("Sort: moved Total before Due Date");
        Told(due, due with { Sort = [new("total", Descending: true)] })
            .Should().Equal("Sort: removed Due Date; Total is now descending");
    }

    [Fact]
    public void Other_data_and_what_this_version_does_not_know_are_told_by_what_is_known()
    {
        Told(Sales, Sales with { Dataset = "contacts", Columns = [new("name"), new("odd")], Statuses = ["ODD"] }).Should().Equal(
            "Data: Invoices → Contacts",
            "Columns: added Name, odd; removed Invoice Number, Reference, Total Tax, Customer, Total",
            "Status: added “ODD”; removed Draft, Awaiting Payment");
    }

    [Fact]
    public void Organizations_are_told_by_name_as_far_as_the_reader_may_know_it() =>
        Told(Sales with { ConnectionIds = [Acme, Beta] }, Sales with { ConnectionIds = [Beta, Other] })
            .Should().Equal($"Organizations: added {Other}; removed “Acme Ltd”");

    [Fact]
    public void A_change_in_bookkeeping_alone_is_no_change() => Told(Sales, Sales).Should().BeEmpty();

    [Fact]
    public void Permissions_of_a_sign_in_are_told_as_the_permissions_table_tells_them()
    {
        var xero = new OrganizationConnected(
            Acme, Beta, "Acme Ltd", Other, ["accounting.invoices.read", "accounting.contacts.read", "offline_access"]);
        var google = new GoogleAccountConnected(Acme, AccountKind.Person, ["https://www.googleapis.com/auth/drive.file"]);

        Told(xero, new OrganizationReconnected(
            Acme, Beta, "Acme Limited", Other,
            ["offline_access", "accounting.reports.aged.read", "odd.read", "accounting.invoices.read"], Guid.CreateVersion7()))
            .Should().Equal(
                "Organization name: “Acme Ltd” → “Acme Limited”",
                "Permissions: added “Aged Receivables and Aged Payables”, “odd.read”; removed “Contacts and contact groups”");
        Told(google, new GoogleAccountReconnected(Acme, ["https://www.googleapis.com/auth/spreadsheets"]))
            .Should().Equal("Permissions: added “Your spreadsheets”; removed “Files used with CountingKit”");
    }

    [Fact]
    public void Organizations_of_a_member_are_told_and_no_list_of_them_means_all()
    {
        var some = new MemberAdded(Ledger, Other, Role.Viewer, [Acme]);

        Told(some, some with { Role = Role.Admin, Connections = [Acme, Beta] })
            .Should().Equal("Role: Viewer → Admin", "Organizations: added “Beta Inc”");
        Told(some, some with { Connections = null }).Should().Equal("Organizations: “Acme Ltd” → all");
        Told(some with { Connections = [] }, some).Should().Equal("Organizations: added “Acme Ltd”");
        Told(some, some with { Connections = [] }).Should().Equal("Organizations: removed “Acme Ltd”");
    }

    [Fact]
    public void Tags_and_names_that_people_typed_stand_in_quotes_and_nothing_hides_in_them() => Told(
        new ConnectionLabeled(Acme, null, "A-17", ["monthly", "vat"]),
        new ConnectionLabeled(Acme, "Gardeners", "A-17", ["vat", "x; removed y\u202E"]))
        .Should().Equal("Alias: none → “Gardeners”", @"Tags: added “x; removed y\u202E”; removed “monthly”");

    [Fact]
    public void What_an_event_of_another_kind_does_not_set_is_not_told()
    {
        Told(new SpreadsheetConnected(Acme, Beta, "id", "Books", "https://docs.example/", true), new SpreadsheetAccountChanged(Acme, Other))
            .Should().Equal($"Google account: “Beta Inc” → {Other}");
        Told(new MemberAdded(Ledger, Other, Role.Viewer, [Acme]), new MemberRemoved(Ledger, Other)).Should().BeEmpty();
        Told(new MemberRemoved(Ledger, Other), new MemberAdded(Ledger, Other, Role.Viewer, [Acme]))
            .Should().Equal("Role: none → Viewer", "Organizations: none → “Acme Ltd”");
    }

    [Fact]
    public void Where_nothing_stood_before_nothing_changed() =>
        AuditChanges.Of(null, """{"tags":["monthly"]}""", Names).Should().BeEmpty();

    [Fact]
    public void Lists_that_no_event_has_yet_are_told_too() => AuditChanges.Text(AuditChanges.Of(
        """{"rules":[{"name":"A","on":true},{"name":"B","on":true}],"numbers":[1,2],"inner":{"isOn":true}}""",
        """{"rules":[{"name":"B","on":false},{"name":"C","on":true}],"numbers":[2,1],"inner":{"isOn":false}}""", Names))
        .Should().Be("Rules: added “C”; removed “A”; changed “B”. Numbers: moved 2 before 1. Inner › Is on: yes → no");

    private static IEnumerable<string> Told(ExporterConfiguration before, ExporterConfiguration after) =>
        Told(new ExporterCreated(Other, 1, before, "sheet"), new ExporterChanged(Other, 2, after, "another"));

    private static IEnumerable<string> Told(IEvent before, IEvent after) =>
        AuditChanges.Of(Json(before), Json(after), Names).Select(change => $"{change.Field}: {change.Words}");

    /// <summary>As the log holds it.</summary>
    private static string Json(IEvent @event)
    {
        var id = Guid.CreateVersion7();
        var metadata = new EventMetadata(id, id, Actor.System, id, id, []);
        return Encoding.UTF8.GetString(CountingKitRegistration.Events().Serialize(@event, metadata, id).Data.Span);
    }
}
