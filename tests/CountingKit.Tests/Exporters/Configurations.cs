using CountingKit.Exporters;

namespace CountingKit.Tests.Exporters;

internal static class Configurations
{
    public static readonly Guid Acme = Guid.Parse("0193a000-0000-7000-8000-00000000000a");
    public static readonly Guid Beta = Guid.Parse("0193a000-0000-7000-8000-00000000000b");
    public static readonly Guid Book = Guid.Parse("0193a000-0000-7000-8000-0000000000b0");

    public static readonly ExporterConfiguration Invoices = new(
        "Acme's invoices", "invoices", [Acme], [new("invoiceNumber"), new("total"), new("invoiceId")], [], null, null, [],
        Book, "Invoices");
}
