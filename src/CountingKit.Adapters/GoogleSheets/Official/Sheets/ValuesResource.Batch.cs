#nullable disable
using Google.Apis.Sheets.v4.Data;
using Google.Apis.Services;
using Google.Apis.Util;

namespace Google.Apis.Sheets.v4;

public partial class SpreadsheetsResource
{
    public partial class ValuesResource
    {
        public virtual BatchGetByDataFilterRequest BatchGetByDataFilter(
            BatchGetValuesByDataFilterRequest body, string spreadsheetId) => new(service, body, spreadsheetId);

        public virtual BatchUpdateRequest BatchUpdate(BatchUpdateValuesRequest body, string spreadsheetId) =>
            new(service, body, spreadsheetId);

        public virtual ClearRequest Clear(ClearValuesRequest body, string spreadsheetId, string range) =>
            new(service, body, spreadsheetId, range);

        /// <summary>Values of several rectangles. Reads only.</summary>
        public class BatchGetByDataFilterRequest : SheetsBaseServiceRequest<BatchGetValuesByDataFilterResponse>
        {
            public BatchGetByDataFilterRequest(
                IClientService service, BatchGetValuesByDataFilterRequest body, string spreadsheetId) : base(service)
            {
                SpreadsheetId = spreadsheetId;
                Body = body;
                InitParameters();
            }

            [RequestParameter("spreadsheetId", RequestParameterType.Path)]
            public virtual string SpreadsheetId { get; private set; }

            public override string MethodName => "batchGetByDataFilter";
            public override string HttpMethod => "POST";
            public override string RestPath => "v4/spreadsheets/{spreadsheetId}/values:batchGetByDataFilter";
            private BatchGetValuesByDataFilterRequest Body { get; }

            protected override object GetBody() => Body;

            protected override void InitParameters()
            {
                base.InitParameters();
                Declare("path", "spreadsheetId");
            }
        }

        /// <summary>Writes values of several ranges at once, or none.</summary>
        public class BatchUpdateRequest : SheetsBaseServiceRequest<BatchUpdateValuesResponse>
        {
            public BatchUpdateRequest(IClientService service, BatchUpdateValuesRequest body, string spreadsheetId)
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
            public override string RestPath => "v4/spreadsheets/{spreadsheetId}/values:batchUpdate";
            private BatchUpdateValuesRequest Body { get; }

            protected override object GetBody() => Body;

            protected override void InitParameters()
            {
                base.InitParameters();
                Declare("path", "spreadsheetId");
            }
        }

        /// <summary>Clears values; formats and notes stay.</summary>
        public class ClearRequest : SheetsBaseServiceRequest<ClearValuesResponse>
        {
            public ClearRequest(IClientService service, ClearValuesRequest body, string spreadsheetId, string range)
                : base(service)
            {
                SpreadsheetId = spreadsheetId;
                Range = range;
                Body = body;
                InitParameters();
            }

            [RequestParameter("spreadsheetId", RequestParameterType.Path)]
            public virtual string SpreadsheetId { get; private set; }

            [RequestParameter("range", RequestParameterType.Path)]
            public virtual string Range { get; private set; }

            public override string MethodName => "clear";
            public override string HttpMethod => "POST";
            public override string RestPath => "v4/spreadsheets/{spreadsheetId}/values/{range}:clear";
            private ClearValuesRequest Body { get; }

            protected override object GetBody() => Body;

            protected override void InitParameters()
            {
                base.InitParameters();
                Declare("path", "spreadsheetId", "range");
            }
        }
    }
}
