namespace CountingKit.Sandbox.Xero.Books;

/// <summary>
/// The words of the books: ordinary ones, and texts that break careless programs (formulas, markup, codes that look
/// like numbers, other scripts).
/// </summary>
internal static class Catalog
{
    public static readonly string[] Organizations =
    [
        "Harbor & Finch Ltd", "Kererū Cycles Limited", "Blue Fern Trading Pty Ltd", "Cascade Oak Joinery LLC",
        "Corrib Bakehouse DAC", "Larkspur Interiors Ltd", "Tūī Coast Surveyors", "Saltbush Dental Group",
        "Granite Bay Brewing Co", "Claddagh Sound Studios",
    ];

    public static readonly string[] Contacts =
    [
        "Ridgeway University", "City Limousines", "Bayside Club", "Abby & Wells", "Boom FM", "Marine Systems",
        "Hamilton Smith Ltd", "Young Bros Transport", "Net Connect", "PowerDirect", "SMART Agency",
        "Truxton Properties",
        "O'Brien \"The Boss\" & Sons", "<b>Bold</b> Signs & Prints", "=SUM(A1:A9) Consulting", "+44 Telecoms",
        "@Handle Media", "-Minus Ltd", "Bäckerei Müller GmbH",
        "株式会社サンプル商事", "شركة النور للتجارة", "Кофейня «Ладога»",
        "Crème Brûlée ☕ Café", "🚲 Pedal People", "0090 Partners", "Ωmega Optics", "Nguyễn Thị Hoa", "A, B; C\tD Holdings",
        "Rex Media Group", "Swanston Security", "Gateway Motors", "Central Copiers",
    ];

    public static readonly string[] References =
    [
        "0090", "=1+1", "+44 20 7946 0000", "<b>bold</b>", "Paid 🎉 thank you 👩‍💻", "@SUM(A1)", "\"quoted\" and 'single'",
        "-5", "1-2", "00123", "1E5", "TRUE", "2026-02-30",
        "=HYPERLINK(\"http://example.com\",\"click\")", "'=2+2",
        "Größe & Maß", "注文番号 42", "مرجع ١٢٣", "Заказ № 7", "<script>alert(1)</script>", "a&amp;b", "50%", "$1,000.00",
        " leading and trailing ", "ﬁne ligature", "e\u0301 combining", "null", "#REF!", "12/11", "007",
    ];

    public static readonly string[] Descriptions =
    [
        "Line one\nline two\r\nline three", "=1+1", "Tab\tseparated\tvalues", "<img src=x onerror=alert(1)>",
        "Gift card 🎁 ×2 — «spécial»", "+44 20 7946 0000 support line", "@SUM(A1) retainer", "-10 % discount as agreed",
        "Quote: \"as discussed\" \\ backslash", "製品Aの保守 (年間)", "خدمات استشارية", "0090 spare part",
    ];

    /// <summary>What is sold and bought: text, price of one, account code, item code.</summary>
    public static readonly (string Text, decimal Price, string Account, string Code)[] Items =
    [
        ("Development work, per hour", 140.00m, "200", "DEV-H"), ("Onsite project management", 118.50m, "200", "0090"),
        ("Desktop and network support, monthly", 499.95m, "200", "Support-M"),
        ("Training, half day", 1200.00m, "0090", "Train-MS"), ("Printed brochures", 0.1648m, "200", "1E5"),
        ("Office supplies", 23.4567m, "453", "=OFFICE"), ("Water, 0.5 l", 0.85m, "400", "H₂O"),
        ("Rent", 2450.00m, "469", "+RENT"), ("Electricity, kWh", 0.2875m, "445", "kWh"),
        ("Freight", 64.20m, "425", "1-2"), ("Coffee beans, kg", 18.90m, "310", "<BEANS>"),
        ("Golf balls, white, single", 5.60m, "200", "GB1-White"), ("Consulting day", 975.00m, "0090", "00123"),
        ("Domain name, one year", 11.99m, "461", "@DOMAIN"), ("Legal advice", 310.00m, "441", "法律"),
    ];
}
