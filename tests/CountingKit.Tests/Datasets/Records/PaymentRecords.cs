namespace CountingKit.Tests.Datasets.Records;

internal static class PaymentRecords
{
    public static HandWrittenDataset Of { get; } = new("payments",
        new HandWritten(
            """
            {"PaymentID":"61000000-0000-4000-8000-000000000001","Date":"\/Date(1786233600000+0000)\/","PaymentType":"ACCRECPAYMENT",
             "Status":"AUTHORISED","Amount":46.005,"BankAmount":"92.01","CurrencyRate":"0.5","Reference":"=Too much","IsReconciled":"True",
             "HasAccount":true,"BankAccountNumber":"0001-0002","Particulars":"Rent <b>","Code":"0090","Details":"Март",
             "BatchPaymentID":"61000000-0000-4000-8000-000000000002",
             "BatchPayment":{"BatchPaymentID":"no","TotalAmount":"50.00","IsReconciled":"false"},
             "Account":{"AccountID":"61000000-0000-4000-8000-000000000003","Code":"0970","Name":"no column yet"},
             "Invoice":{"Type":"ACCREC","InvoiceID":"61000000-0000-4000-8000-000000000004","InvoiceNumber":"INV-0002","CurrencyCode":"SEK",
               "Contact":{"ContactID":"61000000-0000-4000-8000-000000000005","Name":"@Barney"},"Total":1,"CurrencyRate":9},
             "CreditNote":{"CreditNoteID":"61000000-0000-4000-8000-000000000006","CreditNoteNumber":"CN-0005"},
             "Prepayment":{"PrepaymentID":"61000000-0000-4000-8000-000000000007"},
             "Overpayment":{"OverpaymentID":"61000000-0000-4000-8000-000000000008"},
             "UpdatedDateUTC":"\/Date(1769904000123+0000)\/","UpdatedDateUTCString":"2026-02-01T00:00:00Z"}
            """,
            new Cells
            {
                ["date"] = Cells.Day("2026-08-09"), ["paymentType"] = "ACCRECPAYMENT", ["paymentTypeCode"] = "ACCRECPAYMENT",
                ["status"] = "AUTHORISED", ["statusCode"] = "AUTHORISED", ["documentNumber"] = "INV-0002",
                ["documentType"] = "ACCREC", ["contact"] = "@Barney", ["reference"] = "=Too much", ["currency"] = "SEK",
                ["amount"] = 46.005m, ["signedAmount"] = 46.005m, ["signedAmountBase"] = 92.01m, ["currencyRate"] = 0.5m, ["amountBase"] = 92.01m, ["bankAmount"] = 92.01m,
                ["bankAccountCode"] = "0970", ["isReconciled"] = true, ["payeeBankAccount"] = "0001-0002",
                ["particulars"] = "Rent <b>", ["code"] = "0090", ["details"] = "Март", ["creditNoteNumber"] = "CN-0005",
                ["updated"] = Cells.Moment("2026-02-01 00:00:00.123"), ["batchPaymentId"] = "61000000-0000-4000-8000-000000000002",
                ["creditNoteId"] = "61000000-0000-4000-8000-000000000006",
                ["prepaymentId"] = "61000000-0000-4000-8000-000000000007",
                ["overpaymentId"] = "61000000-0000-4000-8000-000000000008",
                ["bankAccountId"] = "61000000-0000-4000-8000-000000000003",
                ["documentId"] = "61000000-0000-4000-8000-000000000004", ["contactId"] = "61000000-0000-4000-8000-000000000005",
                ["paymentId"] = "61000000-0000-4000-8000-000000000001",
            }),
        new HandWritten(
            """
            {"PaymentID":"62","PaymentType":"A_NEW_TYPE","Invoice":{"Contact":null},"Account":null,"Amount":"-3","CurrencyRate":2,
             "BankAmount":null,"Date":"\/Date(-141868800000)\/"}
            """,
            new Cells
            {
                ["paymentId"] = "62", ["paymentType"] = "A_NEW_TYPE", ["paymentTypeCode"] = "A_NEW_TYPE", ["amount"] = -3,
                ["currencyRate"] = 2, ["amountBase"] = -1.5m, ["date"] = Cells.Day("1965-07-04"),
            }),
        new HandWritten(
            """{"PaymentID":"63","PaymentType":"ARCREDITPAYMENT","Amount":8,"CurrencyRate":2}""",
            new Cells
            {
                ["paymentId"] = "63", ["paymentType"] = "ARCREDITPAYMENT", ["paymentTypeCode"] = "ARCREDITPAYMENT", ["amount"] = 8,
                ["signedAmount"] = -8, ["currencyRate"] = 2, ["amountBase"] = 4, ["signedAmountBase"] = -4,
            }));
}
