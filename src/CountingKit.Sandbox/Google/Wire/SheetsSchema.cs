namespace CountingKit.Sandbox.Google.Wire;

/// <summary>
/// The names and types of Sheets v4 that this stand-in knows. A line is a type and its fields; <c>A|B</c> is an enum, <c>[]</c> a
/// list, <c>any</c> whatever the caller sends. Everything else is refused, as the real API refuses it.
/// </summary>
internal static class SheetsSchema
{
    public static readonly Schema Types = Schema.Parse("""
        Spreadsheet spreadsheetId:string spreadsheetUrl:string properties:SpreadsheetProperties sheets:Sheet[] namedRanges:NamedRange[] developerMetadata:DeveloperMetadata[]
        SpreadsheetProperties title:string locale:string timeZone:string autoRecalc:Recalc defaultFormat:CellFormat iterativeCalculationSettings:any spreadsheetTheme:any
        Recalc ON_CHANGE|MINUTE|HOUR
        Sheet properties:SheetProperties data:GridData[] merges:GridRange[] basicFilter:BasicFilter filterViews:FilterView[] charts:EmbeddedChart[] bandedRanges:BandedRange[] protectedRanges:ProtectedRange[] conditionalFormats:ConditionalFormatRule[] rowGroups:any[] columnGroups:any[] slicers:Slicer[] tables:Table[] developerMetadata:DeveloperMetadata[]
        Table tableId:string name:string range:GridRange columnProperties:any[] rowsProperties:any
        SheetProperties sheetId:int title:string index:int sheetType:SheetType hidden:bool rightToLeft:bool tabColor:Color tabColorStyle:ColorStyle gridProperties:GridProperties
        SheetType GRID|OBJECT|DATA_SOURCE
        GridProperties rowCount:int columnCount:int frozenRowCount:int frozenColumnCount:int hideGridlines:bool rowGroupControlAfter:bool columnGroupControlAfter:bool
        GridData startRow:int startColumn:int rowData:RowData[] rowMetadata:DimensionProperties[] columnMetadata:DimensionProperties[]
        RowData values:CellData[]
        CellData userEnteredValue:ExtendedValue effectiveValue:ExtendedValue formattedValue:string userEnteredFormat:CellFormat effectiveFormat:CellFormat hyperlink:string note:string textFormatRuns:any[] dataValidation:any pivotTable:any chipRuns:any[]
        ExtendedValue numberValue:double stringValue:string boolValue:bool formulaValue:string errorValue:any
        CellFormat numberFormat:NumberFormat backgroundColor:Color backgroundColorStyle:ColorStyle borders:Borders padding:Padding horizontalAlignment:HorizontalAlign verticalAlignment:VerticalAlign wrapStrategy:WrapStrategy textDirection:string textFormat:TextFormat textRotation:any hyperlinkDisplayType:HyperlinkDisplayType
        HorizontalAlign LEFT|CENTER|RIGHT
        VerticalAlign TOP|MIDDLE|BOTTOM
        WrapStrategy OVERFLOW_CELL|LEGACY_WRAP|CLIP|WRAP
        HyperlinkDisplayType LINKED|PLAIN_TEXT
        NumberFormat type:NumberFormatType pattern:string
        NumberFormatType TEXT|NUMBER|PERCENT|CURRENCY|DATE|TIME|DATE_TIME|SCIENTIFIC
        TextFormat foregroundColor:Color foregroundColorStyle:ColorStyle fontFamily:string fontSize:int bold:bool italic:bool strikethrough:bool underline:bool link:Link
        Link uri:string
        Color red:double green:double blue:double alpha:double
        ColorStyle rgbColor:Color themeColor:string
        Borders top:Border bottom:Border left:Border right:Border
        Border style:string width:int color:Color colorStyle:ColorStyle
        Padding top:int right:int bottom:int left:int
        DimensionProperties pixelSize:int hiddenByUser:bool hiddenByFilter:bool developerMetadata:DeveloperMetadata[]
        GridRange sheetId:int startRowIndex:int endRowIndex:int startColumnIndex:int endColumnIndex:int
        GridCoordinate sheetId:int rowIndex:int columnIndex:int
        DimensionRange sheetId:int dimension:Dimension startIndex:int endIndex:int
        Dimension ROWS|COLUMNS
        NamedRange namedRangeId:string name:string range:GridRange
        ProtectedRange protectedRangeId:int range:GridRange namedRangeId:string tableId:string description:string warningOnly:bool requestingUserCanEdit:bool unprotectedRanges:GridRange[] editors:Editors
        Editors users:string[] groups:string[] domainUsersCanEdit:bool
        BasicFilter range:GridRange tableId:string sortSpecs:any[] criteria:any filterSpecs:any[]
        FilterView filterViewId:int title:string range:GridRange namedRangeId:string tableId:string sortSpecs:any[] criteria:any filterSpecs:any[]
        Slicer slicerId:int spec:SlicerSpec position:any
        SlicerSpec dataRange:GridRange filterCriteria:any columnIndex:int applyToPivotTables:bool title:string
        ConditionalFormatRule ranges:GridRange[] booleanRule:any gradientRule:any
        BandedRange bandedRangeId:int range:GridRange rowProperties:any columnProperties:any
        EmbeddedChart chartId:int spec:any position:any border:any
        DeveloperMetadata metadataId:int metadataKey:string metadataValue:string location:DeveloperMetadataLocation visibility:Visibility
        DeveloperMetadataLocation locationType:LocationType spreadsheet:bool sheetId:int dimensionRange:DimensionRange
        LocationType ROW|COLUMN|SHEET|SPREADSHEET
        Visibility DOCUMENT|PROJECT
        DataFilter developerMetadataLookup:DeveloperMetadataLookup a1Range:string gridRange:GridRange
        DeveloperMetadataLookup locationType:LocationType metadataLocation:DeveloperMetadataLocation locationMatchingStrategy:MatchingStrategy metadataId:int metadataKey:string metadataValue:string visibility:Visibility
        MatchingStrategy EXACT_LOCATION|INTERSECTING_LOCATION
        BatchUpdateSpreadsheetRequest requests:Request[] includeSpreadsheetInResponse:bool responseRanges:string[] responseIncludeGridData:bool
        BatchUpdateSpreadsheetResponse spreadsheetId:string replies:any[] updatedSpreadsheet:Spreadsheet
        Request addSheet:AddSheetRequest deleteSheet:DeleteSheetRequest duplicateSheet:DuplicateSheetRequest updateSheetProperties:UpdateSheetPropertiesRequest updateSpreadsheetProperties:UpdateSpreadsheetPropertiesRequest appendDimension:AppendDimensionRequest insertDimension:InsertDimensionRequest deleteDimension:DeleteDimensionRequest updateDimensionProperties:UpdateDimensionPropertiesRequest autoResizeDimensions:AutoResizeDimensionsRequest updateCells:UpdateCellsRequest appendCells:AppendCellsRequest repeatCell:RepeatCellRequest copyPaste:CopyPasteRequest mergeCells:MergeCellsRequest unmergeCells:UnmergeCellsRequest setBasicFilter:SetBasicFilterRequest clearBasicFilter:ClearBasicFilterRequest addNamedRange:AddNamedRangeRequest updateNamedRange:UpdateNamedRangeRequest deleteNamedRange:DeleteNamedRangeRequest addProtectedRange:AddProtectedRangeRequest updateProtectedRange:UpdateProtectedRangeRequest deleteProtectedRange:DeleteProtectedRangeRequest addBanding:AddBandingRequest deleteBanding:DeleteBandingRequest addChart:AddChartRequest addTable:AddTableRequest updateTable:UpdateTableRequest addFilterView:AddFilterViewRequest updateFilterView:UpdateFilterViewRequest addSlicer:AddSlicerRequest updateSlicerSpec:UpdateSlicerSpecRequest updateBanding:UpdateBandingRequest addConditionalFormatRule:AddConditionalFormatRuleRequest addDimensionGroup:AddDimensionGroupRequest createDeveloperMetadata:CreateDeveloperMetadataRequest updateDeveloperMetadata:UpdateDeveloperMetadataRequest deleteDeveloperMetadata:DeleteDeveloperMetadataRequest
        AddSheetRequest properties:SheetProperties
        DeleteSheetRequest sheetId:int
        DuplicateSheetRequest sourceSheetId:int insertSheetIndex:int newSheetId:int newSheetName:string
        UpdateSheetPropertiesRequest properties:SheetProperties fields:mask
        UpdateSpreadsheetPropertiesRequest properties:SpreadsheetProperties fields:mask
        AppendDimensionRequest sheetId:int dimension:Dimension length:int
        InsertDimensionRequest range:DimensionRange inheritFromBefore:bool
        DeleteDimensionRequest range:DimensionRange
        UpdateDimensionPropertiesRequest range:DimensionRange properties:DimensionProperties fields:mask
        AutoResizeDimensionsRequest dimensions:DimensionRange
        UpdateCellsRequest range:GridRange start:GridCoordinate rows:RowData[] fields:mask
        AppendCellsRequest sheetId:int rows:RowData[] fields:mask
        RepeatCellRequest range:GridRange cell:CellData fields:mask
        CopyPasteRequest source:GridRange destination:GridRange pasteType:PasteType pasteOrientation:PasteOrientation
        PasteType PASTE_NORMAL|PASTE_VALUES|PASTE_FORMAT|PASTE_NO_BORDERS|PASTE_FORMULA|PASTE_DATA_VALIDATION|PASTE_CONDITIONAL_FORMATTING
        PasteOrientation NORMAL|TRANSPOSE
        MergeCellsRequest range:GridRange mergeType:MergeType
        MergeType MERGE_ALL|MERGE_COLUMNS|MERGE_ROWS
        UnmergeCellsRequest range:GridRange
        SetBasicFilterRequest filter:BasicFilter
        ClearBasicFilterRequest sheetId:int
        AddNamedRangeRequest namedRange:NamedRange
        UpdateNamedRangeRequest namedRange:NamedRange fields:mask
        DeleteNamedRangeRequest namedRangeId:string
        AddProtectedRangeRequest protectedRange:ProtectedRange
        UpdateProtectedRangeRequest protectedRange:ProtectedRange fields:mask
        DeleteProtectedRangeRequest protectedRangeId:int
        AddBandingRequest bandedRange:BandedRange
        DeleteBandingRequest bandedRangeId:int
        AddChartRequest chart:EmbeddedChart
        AddTableRequest table:Table
        UpdateTableRequest table:Table fields:mask
        AddFilterViewRequest filter:FilterView
        UpdateFilterViewRequest filter:FilterView fields:mask
        AddSlicerRequest slicer:Slicer
        UpdateSlicerSpecRequest slicerId:int spec:SlicerSpec fields:mask
        UpdateBandingRequest bandedRange:BandedRange fields:mask
        AddConditionalFormatRuleRequest rule:ConditionalFormatRule index:int
        AddDimensionGroupRequest range:DimensionRange
        CreateDeveloperMetadataRequest developerMetadata:DeveloperMetadata
        UpdateDeveloperMetadataRequest dataFilters:DataFilter[] developerMetadata:DeveloperMetadata fields:mask
        DeleteDeveloperMetadataRequest dataFilter:DataFilter
        SearchDeveloperMetadataRequest dataFilters:DataFilter[]
        SearchDeveloperMetadataResponse matchedDeveloperMetadata:any[]
        GetSpreadsheetByDataFilterRequest dataFilters:DataFilter[] includeGridData:bool
        BatchGetValuesByDataFilterRequest dataFilters:DataFilter[] majorDimension:Dimension valueRenderOption:ValueRenderOption dateTimeRenderOption:DateTimeRenderOption
        DateTimeRenderOption SERIAL_NUMBER|FORMATTED_STRING
        BatchGetValuesByDataFilterResponse spreadsheetId:string valueRanges:MatchedValueRange[]
        MatchedValueRange valueRange:ValueRange dataFilters:DataFilter[]
        ValueRange range:string majorDimension:Dimension values:any[]
        BatchGetValuesResponse spreadsheetId:string valueRanges:ValueRange[]
        UpdateValuesResponse spreadsheetId:string updatedRange:string updatedRows:int updatedColumns:int updatedCells:int updatedData:ValueRange
        AppendValuesResponse spreadsheetId:string tableRange:string updates:UpdateValuesResponse
        ClearValuesRequest
        ClearValuesResponse spreadsheetId:string clearedRange:string
        BatchClearValuesRequest ranges:string[]
        BatchClearValuesResponse spreadsheetId:string clearedRanges:string[]
        BatchUpdateValuesRequest valueInputOption:ValueInputOption data:ValueRange[] includeValuesInResponse:bool responseValueRenderOption:ValueRenderOption responseDateTimeRenderOption:string
        ValueInputOption RAW|USER_ENTERED
        ValueRenderOption FORMATTED_VALUE|UNFORMATTED_VALUE|FORMULA
        BatchUpdateValuesResponse spreadsheetId:string totalUpdatedRows:int totalUpdatedColumns:int totalUpdatedCells:int totalUpdatedSheets:int responses:UpdateValuesResponse[]
        """);
}
