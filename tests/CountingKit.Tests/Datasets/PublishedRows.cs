namespace CountingKit.Tests.Datasets;

/// <summary>What rows of Xero's published answers must hold.</summary>
internal static class PublishedRows
{
    private const string Transfer = "6221458a-ef7a-4d5f-9b1c-1b96ce03833c";

    /// <summary>Of a contact each: what is exported of them is computed.</summary>
    public static readonly string[] NotExported = ["report.aged-receivables-by-contact.json"];

    private const string Columns = "account amount section parentSection isTotal";

    /// <summary>File, dataset, columns, a line per row, and of a report its period.</summary>
    public static IReadOnlyList<(string File, string Dataset, string Columns, string[] Rows, string Period)> All { get; } =
    [
        .. Lists.Select(list => (list.File, list.Dataset, list.Columns, list.Rows, "")),
        ("report.balance-sheet.json", "balanceSheet", Columns,
            [
                "Country Savings|-1850|Bank|Assets|no", "My Big Bank|2146.37|Bank|Assets|no", "Total Bank|296.37|Bank|Assets|yes",
                "Accounts Receivable|154355.72|Current Assets|Assets|no", "Inventory|25000|Current Assets|Assets|no",
                "Total Current Assets|179355.72|Current Assets|Assets|yes", "Office Equipment|-119|Fixed Assets|Assets|no",
                "Total Fixed Assets|-119|Fixed Assets|Assets|yes", "Total Assets|179533.09||Assets|yes",
                "Accounts Payable|-3469|Current Liabilities|Liabilities|no", "GST|-2446.21|Current Liabilities|Liabilities|no",
                "Total Current Liabilities|-5915.21|Current Liabilities|Liabilities|yes", "Total Liabilities|-5915.21||Liabilities|yes",
                "Net Assets|185448.3|||yes", "Current Year Earnings|114.62|Equity||no", "Owner A Drawings|28752|Equity||no",
                "Owner A Funds Introduced|-50|Equity||no", "Retained Earnings|156631.67|Equity||no", "Total Equity|185448.29|Equity||yes",
            ],
            "2019-04-30"),
        ("report.bank-summary.json", "bankSummary",
            "period account openingBalance cashReceived cashSpent closingBalance isTotal",
            ["Apr 2019|Big City Bank|0|110|100|10|no", "Apr 2019|Total|0|110|100|10|yes"], "2019-04-01/2019-04-30"),
        ("report.budget-summary.json", "budgetSummary", "account amount isTotal lineId",
            [
                "Gross Profit|0|yes|2019-11-01/2020-01-31 / Gross Profit", "Total Expenses|0|yes|2019-11-01/2020-01-31 / Total Expenses",
                "Net Profit|0|yes|2019-11-01/2020-01-31 / Net Profit",
            ],
            "2019-11-01/2020-01-31"),
        ("report.executive-summary.json", "executiveSummary", "section measure thisMonth lastMonth unit variance",
            [
                "Cash|Cash received|0|0||0", "Cash|Cash spent|0|0||0", "Cash|Cash surplus (deficit)|0|0||0",
                "Cash|Closing bank balance|79.01|79.01||0", "Profitability|Income|40|0||0", "Profitability|Direct costs|0|0||0",
                "Profitability|Gross profit (loss)|40|0||0", "Profitability|Other Income|0|0||0", "Profitability|Expenses|205.4|0||0",
                "Profitability|Profit (loss)|-165.4|0||0", "Balance Sheet|Debtors|590|550||7.3", "Balance Sheet|Creditors|-44|-44||0",
                "Balance Sheet|Net assets|594.16|759.56||-21.8", "Income|Number of invoices issued|1|0||0",
                "Income|Average value of invoices|40|0||0", "Performance|Gross profit margin|100||%|0",
                "Performance|Net profit margin|-413.5||%|0", "Performance|Return on investment (p.a.)|-334.1|0|%|0",
                "Position|Average debtors days|442.5|0||0", "Position|Average creditors days|-6.426485|0||0",
                "Position|Short term cash forecast|634|594||6.7", "Position|Current assets to liabilities|4.072976|-62.034025||106.6",
                "Position|Term assets to liabilities||||0",
            ],
            "2019-11-01/2019-11-30"),
    ];

    private static IReadOnlyList<(string File, string Dataset, string Columns, string[] Rows)> Lists =>
    [
        ("accounts.list.json", "accounts", "code name type class status taxType bankAccountNumber currency enablePayments accountId",
            [
                "091|Business Savings Account|BANK|||NONE|0209087654321050|NZD|no|ebd06280-af70-4bed-97c6-7451a454ad85",
                "200|Sales|REVENUE|||OUTPUT2|||no|7d05a53d-613d-4eb2-a2fc-dcb6adb80b80",
            ]),
        ("accounts.single.json", "accounts", "code name type class status reportingCode reportingCodeName showInExpenseClaims updated",
            ["123456|FooBar|EXPENSE|EXPENSE|ACTIVE|EXP|Expense|no|2019-02-22 01:02:39.120"]),
        ("bank-transfers.list.json", "bankTransfers",
            "date status fromAccount toAccount amount fromReconciled toReconciled fromTracking1Option toTracking1Option bankTransferId",
            [
                $"2016-11-12|AUTHORISED|Business Wells Fargo|My Savings|20|yes|yes|North|South|{Transfer}",
                "2016-10-19|AUTHORISED|Business Wells Fargo|My Savings|20|no|no|||9f0153d5-617c-4903-887b-3875807aa27a",
            ]),
        ("bank-transfers.single.json", "bankTransfers", "date fromAccountCode toAccountCode currencyRate hasAttachments bankTransferId",
            [$"2016-11-12|088|090|1|yes|{Transfer}"]),
        ("contacts.list.json", "contacts", "name mainPhone postalCity streetCity receivableOutstanding payableOverdue discount contactId",
            [
                "Katherine Warren|(626) 847-1294|Palo Alto||760|360||5cc8cf28-567e-4d43-b287-687cfcaec47c",
                "Lisa Parker|(510) 266-3583|Anchorage|||||3ec601ad-eddc-4ccb-a8ac-736e88293b1b",
            ]),
        ("contacts.single.json", "contacts", "name mainPhone postalCity streetCity receivableOutstanding payableOverdue discount contactId",
            ["Acme Parts Co.|1 604 408-0914|Vancouver|Vancouver|118.9|40|13|8138a266-fb42-49b2-a104-014b7045753d"]),
        ("currencies.list.json", "currencies", "code description", ["NZD|New Zealand Dollar"]),
        ("invoices.list.json", "invoiceLines", "lineId", []),
        ("invoices.single.json", "invoiceLines",
            "invoiceNumber customer date lineNumber description quantity unitAmount itemCode accountCode netAmount grossAmount lineId",
            [
                "INV-0006|Liam Gallagher|2019-03-07|1|Guitars Fender Strat|1|148062.76|123|200|148062.76|148062.76|"
                + "b18f39d9-7739-4246-9288-72afe939d2d5",
            ]),
        ("items.list.json", "items",
            "code name description isSold isPurchased salesUnitPrice salesAccount salesTaxType purchaseUnitPrice isTracked itemId",
            [
                "123|Guitars|Guitars Fender Strat|yes|no|5000|200|OUTPUT2||no|c8c54d65-f3f2-452d-926e-bf450b12fb07",
                "abc65591|Hello11350|Barfoo|yes|yes|||||no|a4544d51-48f6-441f-a623-99ecbced6ab7",
            ]),
        ("items.single.json", "items",
            "purchaseDescription purchaseUnitPrice purchaseAccount cogsAccount isTracked inventoryAssetAccount quantityOnHand totalCostPool",
            ["Brand new Fender Strats|2500||310|yes|630|10|25000"]),
        ("organisation.json", "organization",
            "name shortCode country baseCurrency timeZone planClass paysTax yearEndDay yearEndMonth periodLockDate salesTaxBasis",
            ["Dev Evangelist - Sid Test 3 (NZ-2016-02)|!mBdtL|NZ|NZD|NEWZEALANDSTANDARDTIME|PREMIUM|yes|31|3|2018-12-31|PAYMENTS"]),
        ("overpayments.list.json", "overpayments", "type contact reference date total remainingCredit allocationCount overpaymentId",
            [
                "SPEND-OVERPAYMENT|Daddy Warbucks|Reference for payment1|2019-03-12|500|500|0|098b4dcb-5622-4699-87f8-9d40c4ccceb3",
                "RECEIVE-OVERPAYMENT|Liam Gallagher|Reference for payment2|2019-03-13|20|20|0|2a8bda49-8908-473b-8bcf-1f90990460eb",
                "SPEND-OVERPAYMENT|Liam Gallagher|Reference for payment3|2019-03-12|3000|3000|0|ed7f6041-c915-4667-bd1d-54c48e92161e",
                "RECEIVE-OVERPAYMENT|Liam Gallagher|Reference for payment4|2019-03-13|20|20|0|0859adbc-ea00-40cd-a877-258cf8644975",
                "RECEIVE-OVERPAYMENT|Liam Gallagher|Reference for payment5|2019-03-13|20|20|0|687b877f-634a-415d-92b2-74e62977de30",
            ]),
        ("overpayments.single.json", "overpayments", "total remainingCredit currencyRate totalBase hasAttachments allocationCount",
            ["3000|2999|1|3000|yes|1"]),
        ("payments.list.json", "payments",
            "date paymentType documentNumber documentType contact reference currency amount bankAmount bankAccountCode isReconciled paymentId",
            [
                "2018-11-29|ACCRECPAYMENT|INV-0002|ACCREC|Barney Rubble-83203||NZD|46|46|970|no|99ea7f6b-c513-4066-bc27-b7c65dcd76c2",
                "2019-03-14|ARCREDITPAYMENT|CN-0005|ACCRECCREDIT|Liam Gallagher|Too much|NZD|2|2|980|no|"
                + "6b037c9b-2e5d-4905-84d3-eabfb3438242",
            ]),
        ("payments.single.json", "payments", "date documentNumber amountBase currencyRate bankAccountId updated",
            ["2018-11-29|INV-0002|46|1|5690f1e8-1d02-4893-90c2-ee1a69eff942|2018-11-02 16:36:32.690"]),
        ("prepayments.list.json", "prepayments", "type contact reference invoiceNumber date total remainingCredit allocationCount",
            ["RECEIVE-PREPAYMENT|Luke Skywalker|INV-0011|INV-0011|2019-03-13|3450|3450|0"]),
        ("prepayments.single.json", "prepayments", "currencyRate totalBase remainingCredit allocationCount brandingThemeId",
            ["1|3450|3449|1|414d4a87-46d6-4cfc-ab42-4e29d22e5076"]),
        ("purchase-orders.list.json", "purchaseOrders", "purchaseOrderNumber supplier date deliveryDate status total attentionTo lineCount",
            ["PO-0001|Liam Gallagher|2019-03-12||DELETED|20|Jimmy|1", "PO-0002|Liam Gallagher|2019-03-12||DELETED|20|Jimmy|1"]),
        ("purchase-orders.single.json", "purchaseOrders",
            "purchaseOrderNumber reference date deliveryDate status totalTax total totalDiscount sent telephone deliveryInstructions",
            ["PO-0006|foobar|2019-03-26|2019-03-28|DRAFT|337.5|2587.5|250|no|64 123-2222|Drop off at front  door"]),
        ("quotes.list.json", "quotes",
            "quoteNumber customer reference title summary date expiryDate status currencyRate lineAmounts total totalDiscount totalBase lineCount",
            ["QU-0001|Adam|REF-123|Your Quote|Please buy this|2019-10-24|2019-10-25|ACCEPTED|0.937053|EXCLUSIVE|20.65|1.99|22.04|1"]),
        ("quotes.single.json", "quotes", "quoteNumber customer title summary date expiryDate status currencyRate total totalBase",
            ["QU-0007|ABC Limited|||2020-02-01|2020-02-15|DRAFT|1.54715|500|323.17"]),
        ("repeating-invoices.list.json", "repeatingInvoices",
            "type contact reference status every unit startDate nextDate endDate dueDay dueDayType total hasAttachments lineCount",
            ["ACCREC|Liam Gallagher|[Week]|AUTHORISED|1|MONTHLY|2019-04-15|2019-04-15|2019-09-30|10|OFFOLLOWINGMONTH|5750|yes|1"]),
        ("repeating-invoices.single.json", "repeatingInvoices", "subTotal totalTax total approvedForSending repeatingInvoiceId",
            ["5000|750|5750||428c0d75-909f-4b04-8403-a48dc27283b0"]),
        ("tax-rates.list.json", "taxRates",
            "name displayRate reportTaxType appliesToAssets appliesToExpenses appliesToLiabilities appliesToRevenue components taxType",
            [
                "15% GST on Expenses|15|INPUT|yes|yes|yes|no|GST|INPUT2", "15% GST on Income|15|OUTPUT|yes|no|yes|yes|GST|OUTPUT2",
                "GST on Imports|0|GSTONIMPORTS|no|no|yes|no|GST|GSTONIMPORTS", "No GST|0|NONE|yes|yes|yes|yes|GST|NONE",
                "Zero Rated|0|OUTPUT|no|no|yes|yes|GST|ZERORATED",
            ]),
        ("tax-rates.single.json", "taxRates", "name status effectiveRate appliesToEquity components taxType",
            ["15% GST on Expenses|ACTIVE|15|yes|GST|INPUT2"]),
        ("tracking-categories.list.json", "trackingCategories", "category status option optionStatus optionId",
            [
                "BarFoo|ACTIVE|||22f10184-0deb-44ae-a312-b1f6ea70e51f 1", "HelloWorld|ACTIVE|||0c9fce3e-a111-4d99-803a-62cf3f40e633 1",
            ]),
        ("tracking-categories.single.json", "trackingCategories", "category status option optionId",
            ["Foo41157|DELETED||22f10184-0deb-44ae-a312-b1f6ea70e51f 1"]),
    ];
}
