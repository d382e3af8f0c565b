using System.Text.Json;
using CountingKit.Datasets;
using CountingKit.EventSourcing;
using CountingKit.Exporters;
using static CountingKit.Tests.Exporters.Configurations;

namespace CountingKit.Tests.Exporters;

public sealed class ConfigurationRulesTold
{
    public static TheoryData<string, ExporterConfiguration> Wrong => new()
    {
        { "CK-EXPORTER-03", Invoices with { Dataset = "nothing" } },
        { "CK-EXPORTER-04", Invoices with { Name = "  " } },
        { "CK-EXPORTER-05", Invoices with { ConnectionIds = [] } },
        { "CK-EXPORTER-07", Invoices with { Columns = [] } },
        { "CK-EXPORTER-08", Invoices with { Columns = [new("invoiceId"), new("password")] } },
        { "CK-EXPORTER-09", Invoices with { Columns = [new("invoiceId"), new("total", "Same"), new("date", "SAME")] } },
        { "CK-EXPORTER-10", Invoices with { Columns = [new("total")] } },
        { "CK-EXPORTER-11", Invoices with { From = new(2026, 2, 1), To = new(2026, 1, 31) } },
        { "CK-EXPORTER-12", Invoices with { TabTitle = "a\nb" } },
        { "CK-EXPORTER-12", Invoices with { TabTitle = " a" } },
        { "CK-EXPORTER-12", Invoices with { TabTitle = new string('x', 101) } },
        { "CK-EXPORTER-12", Invoices with { TabTitle = "\u200B\u202E" } },
        { "CK-EXPORTER-12", Invoices with { TabTitle = "\u200B \u200B" } },
        { "CK-EXPORTER-20", Invoices with { Columns = [new("invoiceId"), new("total"), new("total", "Again")] } },
        { "CK-EXPORTER-21", Invoices with { Columns = [new("invoiceId", new string('x', 101))] } },
        { "CK-EXPORTER-22", Invoices with { Sort = [new("password")] } },
        { "CK-EXPORTER-22", Invoices with { Sort = [new("total"), new("total", true)] } },
        { "CK-EXPORTER-22", Invoices with { Sort = [.. Enumerable.Range(0, 100_000).Select(_ => new SortBy("total"))] } },
        { "CK-EXPORTER-23", Invoices with { Statuses = ["PAID", "BANANA"] } },
        { "CK-EXPORTER-23", Invoices with { Statuses = ["PAID", "PAID"] } },
        { "CK-EXPORTER-23", Invoices with { Statuses = [.. Enumerable.Repeat("PAID", 100_000)] } },
        { "CK-EXPORTER-24", Invoices with { To = DateOnly.MaxValue } },
        { "CK-EXPORTER-24", Invoices with { From = DateOnly.MinValue } },
        { "CK-EXPORTER-26", Invoices with { Dataset = "contacts", Columns = [new("contactId")], From = new(2026, 1, 1) } },
    };

    public static TheoryData<string, ExporterConfiguration> WrongReports => new()
    {
        { "CK-EXPORTER-28", Profits with { Report = null } },
        { "CK-EXPORTER-28", Invoices with { Report = new() } },
        { "CK-EXPORTER-28", Profits with { Dataset = "bankSummary", Report = new(IsCash: true) } },
        { "CK-EXPORTER-28", Profits with { Dataset = "trialBalance", Report = new(IsOwnLayout: true) } },
        { "CK-EXPORTER-28", Profits with { Dataset = "executiveSummary", Report = new(ReportUnit.Quarter) } },
        { "CK-EXPORTER-28", Profits with { Dataset = "executiveSummary", Report = new(WithTotals: true) } },
        { "CK-EXPORTER-28", Profits with { Report = new(Range: (ReportRange)99) } },
        { "CK-EXPORTER-29", Profits with { Report = new(ReportUnit.Quarter, ReportRange.ThisMonth) } },
        { "CK-EXPORTER-29", Profits with { Report = new(ReportUnit.Year, ReportRange.LastQuarter) } },
        { "CK-EXPORTER-30", Profits with { Report = new(Count: 0) } },
        { "CK-EXPORTER-30", Profits with { Report = new(Count: 241) } },
        { "CK-EXPORTER-30", Profits with { Report = new(ReportUnit.Whole, Count: 13) } },
        { "CK-EXPORTER-30", Days(new(2000, 1, 1), new(2020, 1, 1)) },
        { "CK-EXPORTER-30", Days(new(2026, 1, 1), new(2027, 1, 1), ReportUnit.Whole) },
        { "CK-EXPORTER-31", Days(new(2026, 1, 1), null) },
        { "CK-EXPORTER-31", Days(null, new(2026, 1, 1)) },
        { "CK-EXPORTER-11", Days(new(2026, 2, 1), new(2026, 1, 31)) },
        { "CK-EXPORTER-24", Days(new(1, 1, 1), new(2026, 1, 31)) },
        { "CK-EXPORTER-26", Profits with { From = new(2026, 1, 1) } },
    };

    private static ExporterConfiguration Profits => Invoices with
    {
        Dataset = "profitAndLoss", Columns = [new("period"), new("lineId")], Report = new(),
    };

    private static ExporterConfiguration Days(DateOnly? first, DateOnly? last, ReportUnit unit = ReportUnit.Month) =>
        Profits with { Report = new(unit, ReportRange.Fixed), From = first, To = last };

    [Theory, MemberData(nameof(WrongReports))]
    public void What_is_wrong_with_a_report_has_its_own_code(string code, ExporterConfiguration configuration)
    {
        var check = () => ConfigurationRules.Check(configuration);

        check.Should().Throw<RefusedException>().Which.Code.Should().Be(code);
    }

    [Fact]
    public void Reports_that_are_right_pass()
    {
        ExporterConfiguration[] right =
        [
            Profits, Days(new(2000, 1, 1), new(2019, 12, 31)), Days(new(2026, 1, 1), new(2026, 12, 31), ReportUnit.Whole),
            Days(new(2024, 2, 29), new(2025, 2, 27), ReportUnit.Whole), Days(new(2000, 1, 1), new(2026, 12, 31), ReportUnit.Year),
            Profits with { Report = new(ReportUnit.Whole, IsCash: true, IsOwnLayout: true, WithTotals: true) },
        ];

        foreach (var configuration in right) ConfigurationRules.Check(configuration);
    }

    [Fact]
    public void What_chooses_the_rows_of_a_list_is_named_as_before_and_of_a_report_by_each_of_its_options()
    {
        Invoices.Selection().Should().Be("026fbf73ecf2111502dd8faacc527b762225817305ff74aa7f44afac6e89524b");
        ExporterConfiguration[] different =
        [
            Profits, Profits with { Report = new(Count: 11) }, Profits with { Report = new(ReportUnit.Quarter) },
            Profits with { Report = new(IsCash: true) }, Profits with { Report = new(IsOwnLayout: true) },
            Profits with { Report = new(WithTotals: true) }, Profits with { Report = new(Range: ReportRange.LastMonth) },
        ];

        different.Select(configuration => configuration.Selection()).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void What_is_stored_of_a_report_is_what_was_chosen_and_of_a_list_nothing()
    {
        JsonSerializer.Serialize(Profits.Report).Should().Be(
            """{"Unit":0,"Range":0,"Count":12,"IsCash":false,"IsOwnLayout":false,"WithTotals":false}""");
        JsonSerializer.Serialize(Invoices).Should().NotContain("Report");
    }

    [Theory, MemberData(nameof(Wrong))]
    public void What_is_wrong_is_refused_with_its_own_code(string code, ExporterConfiguration configuration)
    {
        var check = () => ConfigurationRules.Check(configuration);

        check.Should().Throw<RefusedException>().Which.Code.Should().Be(code);
    }

    [Fact]
    public void The_whole_is_bound_also_where_its_tab_is_not_looked_at()
    {
        var check = () => ConfigurationRules.CheckData(Invoices with { TabTitle = new string('x', ConfigurationRules.MostBytes) });

        check.Should().Throw<RefusedException>().Which.Code.Should().Be("CK-EXPORTER-25");
    }

    [Fact]
    public void What_is_right_passes()
    {
        var check = () => ConfigurationRules.Check(Invoices with { From = new(2026, 1, 1), To = new(2026, 1, 1) });

        check.Should().NotThrow();
    }
}
