#nullable disable
using Google.Apis.Sheets.v4.Data;
using Google.Apis.Services;
using Google.Apis.Util;

namespace Google.Apis.Sheets.v4;

public partial class SpreadsheetsResource
{
    /// <summary>Keys and values that programs keep at tabs, rows and columns.</summary>
    public class DeveloperMetadataResource(IClientService service)
    {
        public virtual SearchRequest Search(SearchDeveloperMetadataRequest body, string spreadsheetId) =>
            new(service, body, spreadsheetId);

        /// <summary>All metadata that a filter finds.</summary>
        public class SearchRequest : SheetsBaseServiceRequest<SearchDeveloperMetadataResponse>
        {
            public SearchRequest(IClientService service, SearchDeveloperMetadataRequest body, string spreadsheetId)
                : base(service)
            {
                SpreadsheetId = spreadsheetId;
                Body = body;
                InitParameters();
            }

            [RequestParameter("spreadsheetId", RequestParameterType.Path)]
            public virtual string SpreadsheetId { get; private set; }

            public override string MethodName => "search";
            public override string HttpMethod => "POST";
            public override string RestPath => "v4/spreadsheets/{spreadsheetId}/developerMetadata:search";
            private SearchDeveloperMetadataRequest Body { get; }

            protected override object GetBody() => Body;

            protected override void InitParameters()
            {
                base.InitParameters();
                Declare("path", "spreadsheetId");
            }
        }
    }
}
