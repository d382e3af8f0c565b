namespace CountingKit.Tests.Datasets.Records;

internal static class OrganizationRecords
{
    public static HandWrittenDataset Of { get; } = new("organization",
        new HandWritten(
            """
            {"OrganisationID":"41000000-0000-4000-8000-000000000001","Name":"=Demo <Co>","LegalName":"Démo \"Ltd\"","ShortCode":"!mB-d_t",
             "OrganisationType":"COMPANY","OrganisationEntityType":"TRUST","CountryCode":"NZ","BaseCurrency":"NZD",
             "Timezone":"NEWZEALANDSTANDARDTIME","Edition":"BUSINESS","Class":"A_NEW_PLAN","Version":"GLOBAL","IsDemoCompany":"true",
             "OrganisationStatus":"ACTIVE","RegistrationNumber":"0090123","TaxNumber":"071-138-054",
             "EmployerIdentificationNumber":"12-3456789","PaysTax":false,"SalesTaxBasis":"PAYMENTS","SalesTaxPeriod":"TWOMONTHS",
             "DefaultSalesTax":"Tax Exclusive","DefaultPurchasesTax":"Tax Inclusive","FinancialYearEndDay":"31",
             "FinancialYearEndMonth":3,"PeriodLockDate":"\/Date(1419937200000+1300)\/","EndOfYearLockDate":"\/Date(946598400000+0000)\/",
             "LineOfBusiness":"+Строительство","PaymentTerms":{"Sales":{"Day":14,"Type":"OFCURRENTMONTH"},
               "Bills":{"Day":"20","Type":"DAYSAFTERBILLDATE"}},"CreatedDateUTC":"\/Date(1321009871111)\/",
             "Addresses":[],"Phones":[null]}
            """,
            new Cells
            {
                ["name"] = "=Demo <Co>", ["legalName"] = "Démo \"Ltd\"", ["shortCode"] = "!mB-d_t", ["organizationType"] = "COMPANY",
                ["entityType"] = "TRUST", ["country"] = "NZ", ["baseCurrency"] = "NZD", ["timeZone"] = "NEWZEALANDSTANDARDTIME",
                ["edition"] = "BUSINESS", ["planClass"] = "A_NEW_PLAN", ["version"] = "GLOBAL", ["isDemoCompany"] = true,
                ["organizationStatus"] = "ACTIVE", ["registrationNumber"] = "0090123", ["taxNumber"] = "071-138-054",
                ["employerIdentificationNumber"] = "12-3456789", ["paysTax"] = false, ["salesTaxBasis"] = "PAYMENTS",
                ["salesTaxPeriod"] = "TWOMONTHS", ["defaultSalesTax"] = "Tax Exclusive", ["defaultPurchasesTax"] = "Tax Inclusive",
                ["yearEndDay"] = 31, ["yearEndMonth"] = 3, ["periodLockDate"] = Cells.Day("2014-12-31"),
                ["endOfYearLockDate"] = Cells.Day("1999-12-31"), ["lineOfBusiness"] = "+Строительство", ["salesTermsDay"] = 14,
                ["salesTermsType"] = "OFCURRENTMONTH", ["billsTermsDay"] = 20, ["billsTermsType"] = "DAYSAFTERBILLDATE",
                ["created"] = Cells.Moment("2011-11-11 11:11:11.111"), ["organizationId"] = "41000000-0000-4000-8000-000000000001",
            }),
        new HandWritten(
            """{"OrganisationID":"42","LineOfBusiness":"","PaymentTerms":{},"PeriodLockDate":null}""",
            new Cells { ["organizationId"] = "42" }));
}
