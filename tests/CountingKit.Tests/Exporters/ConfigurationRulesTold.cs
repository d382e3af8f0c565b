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
