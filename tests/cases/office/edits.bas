' What a translator does to the table of a parallel document in LibreOffice. Each edit begins with the same
' document (in.docx) and is saved under its name: as Word text, as OpenDocument text, and the latter as Word text again.
Option Explicit

Sub Main(folder As String)
  Dim name, number
  On Error GoTo Failed
  For Each name In Split("untouched changed confirmed emptied row_deleted row_pasted sorted column_deleted tracked accepted rejected across")
    Edit(folder, name)
  Next
  StarDesktop.terminate()
  Exit Sub
Failed:
  number = FreeFile
  Open ConvertFromURL(folder & "/errors.txt") For Append As #number
  Print #number, name & ": " & Error & " in line " & Erl
  Close #number
  Resume Next
End Sub

Sub Edit(folder, name)
  Dim document, table
  document = Opened(folder & "/in.docx")
  table = document.TextTables.getByIndex(0)
  Select Case name
    Case "changed" : Replace(table.getCellByName("C2"), "Tokayev flies to Almaty")
    Case "confirmed" : DeleteLastLine(table.getCellByName("C3"))
    Case "emptied" : Replace(table.getCellByName("C2"), "")
    Case "row_deleted" : table.Rows.removeByIndex(2, 1)
    Case "row_pasted" : PasteRow(document, table.getCellByName("A2"))
    Case "sorted" : SortBackwards(table)
    Case "column_deleted" : table.Columns.removeByIndex(2, 1)
    Case "tracked", "accepted", "rejected"
      document.RecordChanges = True
      Replace(table.getCellByName("C2"), "Tokayev flies to Almaty")
      If name = "accepted" Then Send(document, "AcceptAllTrackedChanges")
      If name = "rejected" Then Send(document, "RejectAllTrackedChanges")
    Case "across" : Turn(document)
  End Select
  Save(document, folder & "/" & name & ".docx", "MS Word 2007 XML")
  Save(document, folder & "/" & name & ".odt", "writer8")
  document.close(True)
  document = Opened(folder & "/" & name & ".odt")
  Save(document, folder & "/" & name & "_odt.docx", "MS Word 2007 XML")
  document.close(True)
End Sub

Function Opened(url)
  Dim settings(0) As New com.sun.star.beans.PropertyValue
  settings(0).Name = "Hidden"
  settings(0).Value = True
  Opened = StarDesktop.loadComponentFromURL(url, "_blank", 0, settings())
End Function

Sub Save(document, url, filter)
  Dim settings(0) As New com.sun.star.beans.PropertyValue
  settings(0).Name = "FilterName"
  settings(0).Value = filter
  document.storeToURL(url, settings())
End Sub

Sub Replace(cell, text)
  Dim cursor
  cursor = cell.createTextCursor()
  cursor.gotoStart(False)
  cursor.gotoEndOfParagraph(True)
  cursor.String = text
End Sub

Sub DeleteLastLine(cell)
  Dim cursor
  cursor = cell.createTextCursor()
  cursor.gotoEnd(False)
  cursor.gotoStartOfParagraph(True)
  cursor.String = ""
  cursor.goLeft(1, True)
  cursor.String = ""
End Sub

' The copy goes to the top of the table, above the row that names the languages.
Sub PasteRow(document, cell)
  document.CurrentController.select(cell)
  Send(document, "EntireRow")
  Send(document, "Copy")
  Send(document, "PasteRowsBefore")
End Sub

Sub SortBackwards(table)
  Dim order, fields, number
  order = table.createSortDescriptor()
  For number = LBound(order) To UBound(order)
    If order(number).Name = "SortFields" Then
      fields = order(number).Value
      fields(0).IsAscending = False
      order(number).Value = fields
    End If
  Next
  table.sort(order)
End Sub

Sub Turn(document)
  Dim page, width
  page = document.StyleFamilies.getByName("PageStyles").getByName(document.CurrentController.ViewCursor.PageStyleName)
  width = page.Width
  page.IsLandscape = Not page.IsLandscape
  page.Width = page.Height
  page.Height = width
End Sub

Sub Send(document, command)
  Dim none()
  createUnoService("com.sun.star.frame.DispatchHelper").executeDispatch(document.CurrentController.Frame, ".uno:" & command, "", 0, none())
End Sub
