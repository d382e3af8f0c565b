namespace CountingKit.Datasets;

/// <summary>What Xero's pages say for the codes in its records (Xero Accounting API, types and codes).</summary>
internal static class Codes
{
    public static readonly RecordStatus[] DocumentStatuses =
    [
        new("DRAFT", "Draft", IsUsual: false), new("SUBMITTED", "Awaiting Approval", IsUsual: false),
        new("AUTHORISED", "Awaiting Payment"), new("PAID", "Paid"),
        new("VOIDED", "Voided", IsUsual: false), new("DELETED", "Deleted", IsUsual: false),
    ];

    public static readonly RecordStatus[] BankStatuses =
        [new("AUTHORISED", "Authorized"), new("VOIDED", "Voided", IsUsual: false), new("DELETED", "Deleted", IsUsual: false)];

    public static readonly RecordStatus[] CreditStatuses =
        [new("AUTHORISED", "Awaiting Allocation"), new("PAID", "Paid"), new("VOIDED", "Voided", IsUsual: false)];

    public static readonly RecordStatus[] ListStatuses =
        [new("ACTIVE", "Active"), new("ARCHIVED", "Archived"), new("DELETED", "Deleted", IsUsual: false)];

    public static readonly Dictionary<string, string> BankTypes = new()
    {
        ["RECEIVE"] = "Receive Money", ["RECEIVE-OVERPAYMENT"] = "Receive Overpayment",
        ["RECEIVE-PREPAYMENT"] = "Receive Prepayment", ["RECEIVE-TRANSFER"] = "Transfer In",
        ["SPEND"] = "Spend Money", ["SPEND-OVERPAYMENT"] = "Spend Overpayment",
        ["SPEND-PREPAYMENT"] = "Spend Prepayment", ["SPEND-TRANSFER"] = "Transfer Out",
        ["AROVERPAYMENT"] = "Receive Overpayment", ["ARPREPAYMENT"] = "Receive Prepayment", ["APPREPAYMENT"] = "Spend Prepayment",
    };

    public static readonly Dictionary<string, string> DocumentTypes = new()
    {
        ["ACCREC"] = "Invoice", ["ACCPAY"] = "Bill", ["ACCRECCREDIT"] = "Customer Credit Note",
        ["ACCPAYCREDIT"] = "Supplier Credit Note", ["AROVERPAYMENT"] = "Customer Overpayment",
        ["APOVERPAYMENT"] = "Supplier Overpayment", ["ARPREPAYMENT"] = "Customer Prepayment",
        ["APPREPAYMENT"] = "Supplier Prepayment",
    };

    public static readonly Dictionary<string, string> PaymentTypes = new()
    {
        ["ACCRECPAYMENT"] = "Receivable Payment", ["ACCPAYPAYMENT"] = "Payable Payment",
        ["ARCREDITPAYMENT"] = "Receivable Credit Refund", ["APCREDITPAYMENT"] = "Payable Credit Refund",
        ["AROVERPAYMENTPAYMENT"] = "Receivable Overpayment Refund", ["APOVERPAYMENTPAYMENT"] = "Payable Overpayment Refund",
        ["ARPREPAYMENTPAYMENT"] = "Receivable Prepayment Refund", ["APPREPAYMENTPAYMENT"] = "Payable Prepayment Refund",
    };

    public static readonly Dictionary<string, string> AccountTypes = new()
    {
        ["BANK"] = "Bank", ["CURRENT"] = "Current Asset", ["CURRLIAB"] = "Current Liability",
        ["DEPRECIATN"] = "Depreciation", ["DIRECTCOSTS"] = "Direct Costs", ["EQUITY"] = "Equity", ["EXPENSE"] = "Expense",
        ["FIXED"] = "Fixed Asset", ["INVENTORY"] = "Inventory", ["LIABILITY"] = "Liability",
        ["NONCURRENT"] = "Non-current Asset", ["OTHERINCOME"] = "Other Income", ["OVERHEADS"] = "Overhead",
        ["PREPAYMENT"] = "Prepayment", ["REVENUE"] = "Revenue", ["SALES"] = "Sales", ["TERMLIAB"] = "Non-current Liability",
        ["PAYG"] = "PAYG Liability",
    };

    public static readonly Dictionary<string, string> AccountClasses = new()
    {
        ["ASSET"] = "Asset", ["EQUITY"] = "Equity", ["EXPENSE"] = "Expense", ["LIABILITY"] = "Liability",
        ["REVENUE"] = "Revenue",
    };

    /// <summary>Of a bank transaction's or a payment's type; null = an unknown one. A payment of a credit is its refund.</summary>
    public static bool? IsMoneyIn(string type) => type.ToUpperInvariant() switch
    {
        "ACCRECPAYMENT" or "APCREDITPAYMENT" or "APOVERPAYMENTPAYMENT" or "APPREPAYMENTPAYMENT" => true,
        "ACCPAYPAYMENT" or "ARCREDITPAYMENT" or "AROVERPAYMENTPAYMENT" or "ARPREPAYMENTPAYMENT" => false,
        var bank when bank.StartsWith("RECEIVE", StringComparison.Ordinal) => true,
        var bank when bank.StartsWith("SPEND", StringComparison.Ordinal) => false,
        _ => null,
    };
}
