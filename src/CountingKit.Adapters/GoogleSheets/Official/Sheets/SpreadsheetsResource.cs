#nullable disable
using Google.Apis.Sheets.v4.Data;
using Google.Apis.Services;
using Google.Apis.Util;

namespace Google.Apis.Sheets.v4;

/// <summary>Spreadsheets, and below them values and developer metadata.</summary>
public partial class SpreadsheetsResource
{
    private readonly IClientService service;

    public SpreadsheetsResource(IClientService service)
    {
        this.service = service;
        Values = new ValuesResource(service);
        DeveloperMetadata = new DeveloperMetadataResource(service);
    }

    public virtual ValuesResource Values { get; }

    public virtual DeveloperMetadataResource DeveloperMetadata { get; }

    public virtual CreateRequest Create(Spreadsheet body) => new(service, body);

    public virtual GetRequest Get(string spreadsheetId) => new(service, spreadsheetId);

    public virtual GetByDataFilterRequest GetByDataFilter(
        GetSpreadsheetByDataFilterRequest body, string spreadsheetId) => new(service, body, spreadsheetId);

    public virtual BatchUpdateRequest BatchUpdate(BatchUpdateSpreadsheetRequest body, string spreadsheetId) =>
        new(service, body, spreadsheetId);

    /// <summary>Creates a spreadsheet. Not safe to repeat without a mark of its own.</summary>
    public class CreateRequest : SheetsBaseServiceRequest<Spreadsheet>
    {
        public CreateRequest(IClientService service, Spreadsheet body) : base(service)
        {
            Body = body;
            InitParameters();
        }

        public override string MethodName => "create";
        public override string HttpMethod => "POST";
        public override string RestPath => "v4/spreadsheets";
        private Spreadsheet Body { get; }

        protected override object GetBody() => Body;
    }

    /// <summary>What a spreadsheet consists of; cells only where they are asked for.</summary>
    public class GetRequest : SheetsBaseServiceRequest<Spreadsheet>
    {
        public GetRequest(IClientService service, string spreadsheetId) : base(service)
        {
            SpreadsheetId = spreadsheetId;
            InitParameters();
        }

        [RequestParameter("spreadsheetId", RequestParameterType.Path)]
        public virtual string SpreadsheetId { get; private set; }

        [RequestParameter("ranges", RequestParameterType.Query)]
        public virtual Repeatable<string> Ranges { get; set; }

        [RequestParameter("includeGridData", RequestParameterType.Query)]
        public virtual bool? IncludeGridData { get; set; }

        public override string MethodName => "get";
        public override string HttpMethod => "GET";
        public override string RestPath => "v4/spreadsheets/{spreadsheetId}";

        protected override void InitParameters()
        {
            base.InitParameters();
            Declare("path", "spreadsheetId");
            Declare("query", "ranges", "includeGridData");
        }
    }

    /// <summary>What the parts of a spreadsheet consist of that filters choose.</summary>
    public class GetByDataFilterRequest : SheetsBaseServiceRequest<Spreadsheet>
    {
        public GetByDataFilterRequest(
            IClientService service, GetSpreadsheetByDataFilterRequest body, string spreadsheetId) : base(service)
        {
            SpreadsheetId = spreadsheetId;
            Body = body;
            InitParameters();
        }

        [RequestParameter("spreadsheetId", RequestParameterType.Path)]
        public virtual string SpreadsheetId { get; private set; }

        public override string MethodName => "getByDataFilter";
        public override string HttpMethod => "POST";
        public override string RestPath => "v4/spreadsheets/{spreadsheetId}:getByDataFilter";
        private GetSpreadsheetByDataFilterRequest Body { get; }

        protected override object GetBody() => Body;

        protected override void InitParameters()
        {
            base.InitParameters();
            Declare("path", "spreadsheetId");
        }
    }

    /// <summary>Carries out all changes at once, or none.</summary>
    public class BatchUpdateRequest : SheetsBaseServiceRequest<BatchUpdateSpreadsheetResponse>
    {
        public BatchUpdateRequest(IClientService service, BatchUpdateSpreadsheetRequest body, string spreadsheetId)
            : base(service)
        {
            SpreadsheetId = spreadsheetId;
            Body = body;
            InitParameters();
        }

        [RequestParameter("spreadsheetId", RequestParameterType.Path)]
        public virtual string SpreadsheetId { get; private set; }

        public override string MethodName => "batchUpdate";
        public override string HttpMethod => "POST";
        public override string RestPath => "v4/spreadsheets/{spreadsheetId}:batchUpdate";
        private BatchUpdateSpreadsheetRequest Body { get; }

        protected override object GetBody() => Body;

        protected override void InitParameters()
        {
            base.InitParameters();
            Declare("path", "spreadsheetId");
        }
    }
}
