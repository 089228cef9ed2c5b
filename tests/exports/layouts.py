# ruff: noqa: E501 — the sample exports stand as their systems write them
"""Exports in the layouts of shops, marketplaces, tills and ERPs; the data is made up."""

# A web page under a workbook's name, as many an ERP writes it
WEB_PAGE = """\
<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body><table border=1><tr><td colspan=5>Umsätze 2024</td></tr>
<tr><th>Auftrag</th><th>Datum</th><th>Kunde</th><th>Artikel</th><th>Betrag</th></tr>
<tr><td>A1</td><td>05.01.2024</td><td>M&uuml;ller</td><td>Glocke</td><td>40,00&nbsp;€</td></tr>
<tr><td>A2</td><td>17.01.2024</td><td>Groß</td><td>Rahmen</td><td>1.234,56 €</td></tr>
<tr><td>A3</td><td>28.02.2024</td><td>Müller</td><td>Kette</td><td>15,50 €</td></tr>
</table></body></html>"""
# Cells written as formulas, so that a spreadsheet program leaves their noughts alone
FORMULA_CELLS = """\
sep=;
Order No;Date;Customer No;Item;Qty;Amount
="00012";2024-01-05;="00007";Bell;2;="40.00"
="00013";2024-01-17;="00008";Frame;1;="1234.56"
="00014";2024-02-17;="00007";Chain;1;="15.50"
"""
# PayPal, activity: a fee beside the gross, a refund, a withdrawal
PAYPAL = """\
Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Fee,Net,From Email Address,To Email Address,Transaction ID,Shipping Address,Address Status,Item Title,Item ID,Shipping and Handling Amount,Sales Tax,Reference Txn ID,Invoice Number,Quantity,Receipt ID,Balance,Country,Subject,Balance Impact
01/05/2024,10:12:33,PST,Anna Smith,Website Payment,Completed,USD,40.00,-1.46,38.54,a@x.com,me@shop.com,T1,1 Main,Confirmed,Bell,,0.00,0.00,,,2,,38.54,United States,,Credit
01/17/2024,10:12:33,PST,Bob Jones,Express Checkout Payment,Completed,USD,"1,234.56",-36.10,"1,198.46",b@x.com,me@shop.com,T2,1 Main,Confirmed,Frame,,0.00,0.00,,,1,,"1,237.00",United States,,Credit
01/25/2024,10:12:33,PST,Bob Jones,Payment Refund,Completed,USD,-234.56,0.00,-234.56,b@x.com,me@shop.com,T3,1 Main,Confirmed,Frame,,0.00,0.00,,,1,,"1,002.44",United States,,Debit
01/28/2024,10:12:33,PST,,General Withdrawal,Completed,USD,"-1,000.00",0.00,"-1,000.00",,me@shop.com,T4,1 Main,Confirmed,,,0.00,0.00,,,,,2.44,,,Debit
"""
# Billbee: line totals and an order's total, names after whose they are
BILLBEE = """\
Bestellnummer;Kundennummer;Bestelldatum;Plattform;Status;Versanddatum;Rechnungsadresse Vorname;Rechnungsadresse Nachname;Rechnungsadresse Firma;Rechnungsadresse Ort;Rechnungsadresse Land;E-Mail;SKU;Artikelname;Anzahl;Einzelpreis;Gesamtpreis;Währung;Versandkosten;Bestellung Gesamt
B1;K1;05.01.2024 10:12;Etsy;Abgeschlossen;06.01.2024;Anna;Müller;;Köln;DE;a@x.de;G1;Glocke;2;20,00;40,00;EUR;4,90;60,40
B1;K1;05.01.2024 10:12;Etsy;Abgeschlossen;06.01.2024;Anna;Müller;;Köln;DE;a@x.de;K1;Kette;1;15,50;15,50;EUR;4,90;60,40
B2;K2;17.01.2024 10:12;eBay;Storniert;;Bernd;Groß;Rad GmbH;Bonn;DE;b@x.de;G1;Glocke;1;20,00;20,00;EUR;0,00;20,00
B3;K2;27.01.2024 10:12;eBay;Versendet;;Bernd;Groß;Rad GmbH;Bonn;DE;b@x.de;R1;Rahmen;1;1.234,56;1.234,56;EUR;0,00;1.234,56
"""
# Amazon, orders: the price of all units, a promotion
AMAZON = """\
order-id\torder-item-id\tpurchase-date\tpayments-date\tbuyer-email\tbuyer-name\tbuyer-phone-number\tsku\tproduct-name\tquantity-purchased\tcurrency\titem-price\titem-tax\tshipping-price\tshipping-tax\tship-service-level\trecipient-name\tship-address-1\tship-address-2\tship-address-3\tship-city\tship-state\tship-postal-code\tship-country\tship-phone-number\titem-promotion-discount\titem-promotion-id\tship-promotion-discount\tship-promotion-id\tdelivery-start-date\tdelivery-end-date\tdelivery-time-zone\tdelivery-Instructions\tsales-channel
111-0000001-0000001\t10000000000001\t2024-01-05T08:26:00-08:00\t2024-01-05T08:26:00-08:00\ta1@marketplace.amazon.com\tAnna Smith\t555-0100\tSKU-1\tBrass Bell\t2\tUSD\t40.00\t3.20\t5.99\t0.00\tStandard\tAnna Smith\t1 Main St\t\t\tSEATTLE\tWA\t98101-1234\tUS\t\t\t\t0\t\t\t\t\t\tAmazon.com
111-0000001-0000001\t10000000000002\t2024-01-05T08:26:00-08:00\t2024-01-05T08:26:00-08:00\ta1@marketplace.amazon.com\tAnna Smith\t555-0100\tSKU-2\tChain\t1\tUSD\t15.50\t1.24\t0.00\t0.00\tStandard\tAnna Smith\t1 Main St\t\t\tSEATTLE\tWA\t98101-1234\tUS\t\t-1.50\t\t0\t\t\t\t\t\tAmazon.com
111-0000002-0000002\t10000000000003\t2024-01-17T18:00:12-08:00\t2024-01-17T18:00:12-08:00\tb2@marketplace.amazon.com\tBob Jones\t555-0100\tSKU-1\tBrass Bell\t1\tUSD\t20.00\t1.60\t5.99\t0.00\tStandard\tBob Jones\t1 Main St\t\t\tPortland\tOR\t97201\tUS\t\t\t\t0\t\t\t\t\t\tAmazon.com
111-0000003-0000003\t10000000000004\t2024-02-28T00:00:12-08:00\t2024-02-28T00:00:12-08:00\ta1@marketplace.amazon.com\tAnna Smith\t555-0100\tSKU-3\tFrame\t3\tUSD\t300.00\t0\t0\t0.00\tStandard\tAnna Smith\t1 Main St\t\t\tSEATTLE\tWA\t98101-1234\tUS\t\t\t\t0\t\t\t\t\t\tAmazon.com
"""
# eBay, orders: a first line and a line under the header that are empty, an order with a row of its own, a footer
EBAY = """\

"Sales Record Number","Order Number","Buyer Username","Buyer Name","Buyer Email","Buyer Note","Buyer Address 1","Buyer Address 2","Buyer City","Buyer State","Buyer Zip","Buyer Country","Ship To Name","Ship To Phone","Ship To Address 1","Ship To Address 2","Ship To City","Ship To State","Ship To Zip","Ship To Country","Item Number","Item Title","Custom Label","Sold Via Promoted Listings","Quantity","Sold For","Shipping And Handling","Item Location","eBay Collected Tax","Total Price","Payment Method","Sale Date","Paid On Date","Ship By Date","Minimum Estimated Delivery Date","Maximum Estimated Delivery Date","Shipped On Date","Feedback Left","Feedback Received","My Item Note","PayPal Transaction ID","Shipping Service","Tracking Number","Transaction ID","Variation Details","Global Shipping Program","eBay Plus"

"101","12-00001-1","anna_s","Anna Smith","anna_s@members.ebay.com","","","","London","","","United Kingdom","Anna Smith","","","","London","","","United Kingdom","2201","Brass bell","","","2","£20.00","£3.50","","","£43.50","Other","05-Jan-24","05-Jan-24","","","","","","","","","","","","","",""
"102","12-00002-2","bob77","Bob Jones","bob77@members.ebay.com","","","","Leeds","","","United Kingdom","Bob Jones","","","","Leeds","","","United Kingdom","2202","Chain","","","1","£15.50","£0.00","","","£15.50","Other","17-Jan-24","17-Jan-24","","","","","","","","","","","","","",""
"103","12-00003-3","cara","Cara Low","cara@members.ebay.com","","","","Dublin","","","Ireland","Cara Low","","","","Dublin","","","Ireland","","","","","3","£1,254.56","£10.00","","","£1,264.56","Other","28-Feb-24","28-Feb-24","","","","","","","","","","","","","",""
"103","12-00003-3","cara","","cara@members.ebay.com","","","","","","","","","","","","","","","","2203","Frame","","","1","£1,234.56","","","","","Other","28-Feb-24","28-Feb-24","","","","","","","","","","","","","",""
"103","12-00003-3","cara","","cara@members.ebay.com","","","","","","","","","","","","","","","","2201","Brass bell","","","2","£10.00","","","","","Other","28-Feb-24","28-Feb-24","","","","","","","","","","","","","",""
"104","12-00004-4","anna_s","Anna Smith","anna_s@members.ebay.com","","","","London","","","United Kingdom","Anna Smith","","","","London","","","United Kingdom","2202","Chain","","","1","£15.50","£3.50","","","£19.00","Other","13-Mar-24","13-Mar-24","","","","","","","","","","","","","",""

"4","record(s) downloaded,"," from 01-Jan-24 to 31-Mar-24"
"Seller ID : bells4u"
"""
# Etsy, sold order items: the item total is before the discount
ETSY = """\
Sale Date,Item Name,Buyer,Quantity,Price,Coupon Code,Coupon Details,Discount Amount,Shipping Discount,Order Shipping,Order Sales Tax,Item Total,Currency,Transaction ID,Listing ID,Date Paid,Date Shipped,Ship Name,Ship Address1,Ship Address2,Ship City,Ship State,Ship Zipcode,Ship Country,Order ID,Variations,Order Type,Listings Type,Payment Type,InPerson Discount,InPerson Location,VAT Paid by Buyer,SKU
03/28/24,"Bell, brass",Anna Smith (annas),2,20.00,,,4.00,0.00,5.00,0.00,40.00,USD,3001,93001,03/28/24,03/28/24,Anna Smith,1 Road,,Town,,1234,United States,2001,Color:Red,online,listing,online_cc,,,0.00,B1
03/28/24,Chain,Anna Smith (annas),1,15.50,,,0.00,0.00,5.00,0.00,15.50,USD,3002,93002,03/28/24,03/28/24,Anna Smith,1 Road,,Town,,1234,United States,2001,Color:Red,online,listing,online_cc,,,0.00,C1
03/13/24,"Bell, brass",Bob Jones (bobj),1,20.00,,,0.00,0.00,0.00,0.00,20.00,USD,3003,93003,03/13/24,03/13/24,Bob Jones,1 Road,,Town,,1234,Canada,2002,Color:Red,online,listing,online_cc,,,0.00,B1
02/05/24,Frame,Cara Low (caral),1,1234.56,,,0.00,0.00,0.00,0.00,1234.56,USD,3004,93004,02/05/24,02/05/24,Cara Low,1 Road,,Town,,1234,Ireland,2003,Color:Red,online,listing,online_cc,,,0.00,F1
"""
# Shopify, saved again by a German spreadsheet program
SHOPIFY_GERMAN = """\
Name;Email;Financial Status;Paid at;Fulfillment Status;Fulfilled at;Accepts Marketing;Currency;Subtotal;Shipping;Taxes;Total;Discount Code;Discount Amount;Shipping Method;Created at;Lineitem quantity;Lineitem name;Lineitem price;Lineitem compare at price;Lineitem sku;Lineitem requires shipping;Lineitem taxable;Lineitem fulfillment status;Billing Name;Billing Street;Billing Address1;Billing Address2;Billing Company;Billing City;Billing Zip;Billing Province;Billing Country;Billing Phone;Shipping Name;Shipping Street;Shipping Address1;Shipping Address2;Shipping Company;Shipping City;Shipping Zip;Shipping Province;Shipping Country;Shipping Phone;Notes;Note Attributes;Cancelled at;Payment Method;Payment Reference;Refunded Amount;Vendor;Outstanding Balance;Employee;Location;Device ID;Id;Tags;Risk Level;Source;Lineitem discount;Tax 1 Name;Tax 1 Value;Tax 2 Name;Tax 2 Value;Tax 3 Name;Tax 3 Value;Tax 4 Name;Tax 4 Value;Tax 5 Name;Tax 5 Value;Phone;Receipt Number;Duties;Billing Province Name;Shipping Province Name;Payment ID;Payment Terms Name;Next Payment Due At;Payment References
#1001;anna@x.de;paid;;;;;EUR;55,50;4,90;9,64;60,40;;0,00;;05.01.2024 10:12;2;Bell - Größe M;20,00;;B1;;;;Anna Müller;;;;;Köln;;;DE;;Anna Müller;;;;;Köln;'10115;;DE;;;;;;;0,00;Bells & Co;;;;;6001;;Low;web;0,00;;;;;;;;;;;;;;;;;;;
#1001;anna@x.de;;;;;;;;;;;;;;05.01.2024 10:12;1;Chain;15,50;;C1;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;0,00;;;;;;;;;;;;;;;;;;;
#1002;bob@x.de;partially_refunded;;;;;EUR;100,00;0,00;15,97;100,00;;0,00;;17.02.2024 23:12;1;Frame;100,00;;F1;;;;Bob Groß;;;;;Wien;;;AT;;Bob Groß;;;;;Wien;'10115;;AT;;;;;;;30,00;Bells & Co;;;;;6001;;Low;web;0,00;;;;;;;;;;;;;;;;;;;
#1003;cara@x.de;voided;;;;;EUR;20,00;0,00;3,19;20,00;;0,00;;18.02.2024 08:00;1;Bell - Größe M;20,00;;B1;;;;Cara Low;;;;;Bern;;;CH;;Cara Low;;;;;Bern;'10115;;CH;;;;18.02.2024 09:00;;;0,00;Bells & Co;;;;;6001;;Low;web;0,00;;;;;;;;;;;;;;;;;;;
#1004;;paid;;;;;EUR;20,00;0,00;3,19;20,00;;0,00;;01.03.2024 08:00;1;Bell - Größe M;20,00;;B1;;;;;;;;;;;;;;;;;;;;'10115;;;;;;;;;0,00;Bells & Co;;;;;6001;;Low;pos;0,00;;;;;;;;;;;;;;;;;;;
#1005;Anna@x.de;paid;;;;;EUR;36,00;0,00;0;36,00;;4,00;;05.03.2024 08:00;2;Bell - Größe M;20,00;;B1;;;;Anna Müller;;;;;Köln;;;DE;;Anna Müller;;;;;Köln;'10115;;DE;;;;;;;0,00;Bells & Co;;;;;6001;;Low;web;0,00;;;;;;;;;;;;;;;;;;;
"""
# WooCommerce, a plugin: a row an order, guests with the number 0
WOOCOMMERCE_PLUGIN = """\
order_id,order_number,order_number_formatted,date,status,shipping_total,shipping_tax_total,fee_total,fee_tax_total,tax_total,discount_total,order_total,refunded_total,order_currency,payment_method,shipping_method,customer_id,billing_first_name,billing_last_name,billing_company,billing_email,billing_phone,billing_address_1,billing_postcode,billing_city,billing_state,billing_country,shipping_first_name,shipping_last_name,shipping_city,shipping_country,customer_note,line_items,shipping_items,download_permissions
501,501,#501,2024-01-05 10:12:33,completed,4.90,0.00,0.00,0.00,9.64,0.00,70.04,0.00,EUR,paypal,Flat rate,7,Anna,Müller,,anna@x.de,123,Weg 1,50667,Köln,,DE,Anna,Müller,Köln,DE,,id:1|name:Bell|product_id:12|sku:B1|quantity:2|subtotal:40.00|total:40.00;id:2|name:Chain|sku:C1|quantity:1|total:15.50,id:3|method_id:flat,1
502,502,#502,2024-01-17 10:12:33,processing,0,0.00,0.00,0.00,0,0.00,55.50,10.00,EUR,paypal,Flat rate,0,Bob,Groß,,bob@x.de,123,Weg 1,50667,Wien,,AT,Bob,Groß,Wien,AT,,id:1|name:Bell|product_id:12|sku:B1|quantity:2|subtotal:40.00|total:40.00;id:2|name:Chain|sku:C1|quantity:1|total:15.50,id:3|method_id:flat,1
503,503,#503,2024-01-18 10:12:33,cancelled,0,0.00,0.00,0.00,0,0.00,55.50,0.00,EUR,paypal,Flat rate,0,Cy,Poe,,cy@x.de,123,Weg 1,50667,Wien,,AT,Cy,Poe,Wien,AT,,id:1|name:Bell|product_id:12|sku:B1|quantity:2|subtotal:40.00|total:40.00;id:2|name:Chain|sku:C1|quantity:1|total:15.50,id:3|method_id:flat,1
504,504,#504,2024-02-18 10:12:33,completed,0,0.00,0.00,0.00,0,0.00,55.50,0.00,EUR,paypal,Flat rate,7,Anna,Müller,,anna@x.de,123,Weg 1,50667,Köln,,DE,Anna,Müller,Köln,DE,,id:1|name:Bell|product_id:12|sku:B1|quantity:2|subtotal:40.00|total:40.00;id:2|name:Chain|sku:C1|quantity:1|total:15.50,id:3|method_id:flat,1
"""
# A bookkeeping program: a credit note with amounts above zero
CREDIT_NOTES = """\
Belegnr.;Belegart;Datum;Kunden-Nr.;Matchcode;Pos.;Artikel-Nr.;Bezeichnung;Menge;Einheit;Einzelpreis;Gesamtpreis;MwSt.
RE2024001;Rechnung;05.01.24;10001;Müller;1;100;Glocke;2,00;Stk;20,00 €;40,00 €;19,00
RE2024001;Rechnung;05.01.24;10001;Müller;2;101;Kette;1,00;Stk;15,50 €;15,50 €;19,00
RE2024002;Rechnung;17.01.24;10002;Groß;1;102;Rahmen;1,00;Stk;1.234,56 €;1.234,56 €;19,00
GU2024001;Gutschrift;30.01.24;10002;Groß;1;102;Rahmen;1,00;Stk;234,56 €;234,56 €;19,00
"""
# SAP, a printed list: frames, pages, minus behind the number, a total
SAP_LIST = """\
05.04.2024                                      Dynamische Listenausgabe                                         1
--------------------------------------------------------------------------------------------------------------------

Verkaufsbelege  Liste der Aufträge

--------------------------------------------------------------------------------------------------------------------
|Verk.beleg|Pos. |Belegdatum|Auftraggeb|Name 1         |Material |Bezeichnung         |Auftr.Menge|ME |   Nettowert|Währg|
--------------------------------------------------------------------------------------------------------------------
|4711      |10   |05.01.2024|100001    |Müller GmbH    |M-100    |Glocke, Messing     |        2  |ST |       40,00|EUR  |
|4711      |20   |05.01.2024|100001    |Müller GmbH    |M-200    |Kette               |        1  |ST |       15,50|EUR  |
|4712      |10   |17.01.2024|100002    |Groß & Söhne   |M-300    |Rahmen              |    1.000  |ST |1.234.560,00|EUR  |
--------------------------------------------------------------------------------------------------------------------
05.04.2024                                      Dynamische Listenausgabe                                         2
--------------------------------------------------------------------------------------------------------------------
|Verk.beleg|Pos. |Belegdatum|Auftraggeb|Name 1         |Material |Bezeichnung         |Auftr.Menge|ME |   Nettowert|Währg|
--------------------------------------------------------------------------------------------------------------------
|4713      |10   |28.02.2024|100001    |Müller GmbH    |M-200    |Kette               |        3- |ST |       46,50-|EUR  |
|4714      |10   |13.03.2024|100003    |Åse Bjørk      |M-300    |Rahmen              |        2  |ST |    2.469,12|EUR  |
--------------------------------------------------------------------------------------------------------------------
|*         |     |          |          |               |         |                    |    1.002  |   |1.237.038,12|EUR  |
--------------------------------------------------------------------------------------------------------------------
"""
# Odoo, orders with their lines: the order stands in its first row only
ODOO = """\
Order Reference,Order Date,Customer,Salesperson,Order Lines/Product,Order Lines/Quantity,Order Lines/Unit Price,Order Lines/Subtotal,Untaxed Amount,Total,Status
S00001,2024-01-05 10:12:33,Müller GmbH,Mitchell Admin,[B1] Bell,2.0,20.0,40.0,55.5,66.05,Sales Order
,,,,[C1] Chain,1.0,15.5,15.5,,,
S00002,2024-01-17 10:12:33,Groß & Söhne,Marc Demo,[F1] Frame,1.0,1234.56,1234.56,1234.56,1469.13,Sales Order
S00003,2024-02-17 10:12:33,Müller GmbH,Marc Demo,[F1] Frame,1.0,100,100,115.5,137.45,Quotation
,,,,[C1] Chain,1.0,15.5,15.5,,,
S00004,2024-03-17 10:12:33,Müller GmbH,Marc Demo,[F1] Frame,1.0,100,100,100,119,Sales Order
"""
# QuickBooks, sales by customer detail: customers stand as headings
QUICKBOOKS = """\
"Bells & Co",,,,,,,,
Sales by Customer Detail,,,,,,,,
"January - March, 2024",,,,,,,,
,,,,,,,,
,Date,Transaction Type,Num,Product/Service,Memo/Description,Qty,Sales Price,Amount,Balance
Anna Smith,,,,,,,,,
,01/05/2024,Invoice,1001,Bell,Brass bell,2.00,20.00,40.00,40.00
,01/05/2024,Invoice,1001,Chain,,1.00,15.50,15.50,55.50
,03/13/2024,Invoice,1004,Chain,,3.00,15.50,46.50,102.00
Total for Anna Smith,,,,,,,,$102.00,
Bob Jones,,,,,,,,,
,01/17/2024,Invoice,1002,Frame,,1.00,"1,234.56","1,234.56","1,234.56"
,01/25/2024,Credit Memo,1003,Frame,Return,-1.00,234.56,-234.56,"1,000.00"
Total for Bob Jones,,,,,,,,"$1,000.00",
TOTAL,,,,,,,,"$1,102.00",

"Friday, Apr 05, 2024 09:12:44 AM GMT-7 - Accrual Basis",,,,,,,,
"""
# Sage 50, transactions: invoices and credits by two letters
SAGE = """\
Type,Account Reference,Nominal A/C Ref,Department Code,Date,Reference,Details,Net Amount,Tax Code,Tax Amount,Exchange Rate
SI,ABB001,4000,1,05/01/2024,1001,Bell x2,40.00,T1,8.00,1
SI,BRI002,4000,1,17/01/2024,1002,Frame,1234.56,T1,246.91,1
SC,BRI002,4000,1,28/02/2024,1003,Frame returned,234.56,T1,46.91,1
SI,ABB001,4000,1,13/03/2024,1004,Chain,46.50,T1,9.30,1
"""
# Salesforce, a report: stages, a footer
SALESFORCE = """\
"Opportunity Name","Account Name","Amount Currency","Amount","Close Date","Stage","Opportunity Owner","Product Name","Quantity"
"Bells Q1","Acme","EUR","40.00","05/01/2024","Closed Won","Jo","Bell","2.00"
"Chain","Globex","EUR","1,234.56","17/01/2024","Closed Won","Jo","Frame","1.00"
"Chain 2","Acme","EUR","99.00","28/02/2024","Closed Lost","Jo","Chain","1.00"
"Chain 3","Acme","EUR","15.50","13/03/2024","Negotiation/Review","Jo","Chain","1.00"



"Closed deals"
"Copyright (c) 2000-2024 salesforce.com, inc. All rights reserved."
"Confidential Information - Do Not Distribute"
"Generated By:  Jo Doe  05/04/2024 10:12"
"Bells & Co"
"""
# Squarespace: cancelled by another column than the payment's
SQUARESPACE = """\
Order ID,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Currency,Subtotal,Shipping,Taxes,Amount Refunded,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem variant,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Address1,Billing Address2,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Address1,Shipping City,Shipping Zip,Shipping Province,Shipping Country,Shipping Phone,Cancelled at,Private Notes,Channel Type,Channel Name,Channel Order Number,Payment Method,Payment Reference
00001,a@x.com,PAID,2024-01-05 10:12:33 -0500,FULFILLED,2024-01-05 10:12:33 -0500,USD,55.50,5.00,4.44,0.00,64.94,,,Std,2024-01-05 10:12:33 -0500,2,Bell,20.00,SQ1,,true,true,,Anna Smith,1,,Seattle,98101,WA,US,1,Anna Smith,1,Seattle,98101,WA,US,,,,web,,,STRIPE,x
00001,a@x.com,,,,,,,,,,,,,,,1,Chain,15.50,SQ2,,,,,,,,,,,,,,,,,,,,,,,,,,
00002,b@x.com,PAID,2024-01-17 10:12:33 -0500,PENDING,2024-01-17 10:12:33 -0500,USD,20.00,0,1.60,10.00,21.60,,,Std,2024-01-17 10:12:33 -0500,1,Bell,20.00,SQ1,,true,true,,Bob Jones,1,,Seattle,98101,WA,US,1,Bob Jones,1,Seattle,98101,WA,US,,,,web,,,STRIPE,x
00003,b@x.com,PAID,2024-02-17 10:12:33 -0500,CANCELED,2024-02-17 10:12:33 -0500,USD,20.00,0,1.60,0,21.60,,,Std,2024-02-17 10:12:33 -0500,1,Bell,20.00,SQ1,,true,true,,Bob Jones,1,,Seattle,98101,WA,US,1,Bob Jones,1,Seattle,98101,WA,US,,2024-02-18 10:12:33 -0500,,web,,,STRIPE,x
"""
# Stripe, payments: refunds, and guests without a number
STRIPE = """\
id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Converted Amount,Converted Amount Refunded,Converted Currency,Decline Reason,Description,Fee,Is Link,Mode,PaymentIntent ID,Payment Source Type,Refunded date (UTC),Statement Descriptor,Status,Seller Message,Taxes On Fee,Card ID,Customer ID,Customer Description,Customer Email,Invoice ID,Transfer
ch_1,2024-01-05 10:12:33,60.40,0.00,usd,true,60.40,0.00,usd,,Order,1.20,false,Live,pi_1,card,,BELLS,Paid,Payment complete.,0,card_1,cus_1,,a@x.com,,
ch_2,2024-01-17 10:12,100.00,30.00,usd,true,100.00,30.00,usd,,Order,1.20,false,Live,pi_1,card,,BELLS,Partial Refund,Payment complete.,0,card_1,cus_2,,b@x.com,,
ch_3,2024-02-17 10:12,20.00,0.00,usd,true,20.00,0.00,usd,,Order,1.20,false,Live,pi_1,card,,BELLS,Failed,Payment complete.,0,card_1,cus_2,,b@x.com,,
ch_4,2024-02-18 10:12,50.00,50.00,usd,true,50.00,50.00,usd,,Order,1.20,false,Live,pi_1,card,,BELLS,Refunded,Payment complete.,0,card_1,cus_1,,a@x.com,,
ch_5,2024-03-18 10:12,50.00,0.00,usd,true,50.00,0.00,usd,,Order,1.20,false,Live,pi_1,card,,BELLS,Paid,Payment complete.,0,card_1,,,guest@x.com,,
"""
# Mercado Libre: title rows, a row of groups above the header, dates in Spanish
MERCADO_LIBRE = """\
Ventas;;;;;;;;;;;;;;;;;
Estado de tus ventas al 5 de abril de 2024 14:03 hs.;;;;;;;;;;;;;;;;;
;;;;;;;;;;;;;;;;;
Ventas;;;;;;;;;;Publicaciones;;;Compradores;;;;
# de venta;Fecha de venta;Estado;Descripción del estado;Paquete de varios productos;Unidades;Ingresos por productos (ARS);Cargo por venta e impuestos;Ingresos por envío (ARS);Total (ARS);SKU;# de publicación;Título de la publicación;Comprador;DNI;Domicilio;Ciudad;País
2000001;5 de enero de 2024 10:12 hs.;Entregado;Llegó el 8 de enero;No;2;40000;-5200;;34800;B1;MLA1;Campana de bronce;Anna Gómez;20111222;Calle 1;Rosario;Argentina
2000002;17 de enero de 2024 22:01 hs.;Entregado;;No;1;15500.5;-2015;;13485.5;C1;MLA2;Cadena;Bruno Díaz;20333444;Calle 2;Córdoba;Argentina
2000003;28 de febrero de 2024 08:15 hs.;Venta cancelada;;No;1;15500.5;-2015;;0;C1;MLA2;Cadena;Bruno Díaz;20333444;Calle 2;Córdoba;Argentina
2000004;13 de marzo de 2024 08:15 hs.;En camino;;No;1;99000;-2015;;96985;F1;MLA3;Cuadro;Anna Gómez;20111222;Calle 1;Rosario;Argentina
"""
# A star schema of keys: names of categories and territories in tables of their own
STAR_SCHEMA = {
    "DimCustomer.csv": """\
CustomerKey,GeographyKey,CustomerAlternateKey,Title,FirstName,MiddleName,LastName,BirthDate,MaritalStatus,Gender,EmailAddress,YearlyIncome,EnglishEducation,Phone,DateFirstPurchase,CommuteDistance
21768,1,AW21768,,Cole,,Watson,1952-02-19,S,M,cole1@aw.com,70000,Bachelors,1,2010-12-29,1-2 Miles
28389,2,AW28389,,Rachael,,Martinez,1970-01-01,S,F,r@aw.com,20000,X,1,2010-12-29,0
30000,2,AW30000,,No,,Buyer,1970-01-01,S,F,n@aw.com,20000,X,1,,0
""",
    "DimDate.csv": """\
DateKey,FullDateAlternateKey,DayNumberOfWeek,EnglishDayNameOfWeek,CalendarYear
20101229,2010-12-29,4,Wednesday,2010
20110301,2011-03-01,3,Tuesday,2011
""",
    "DimProduct.csv": """\
ProductKey,ProductAlternateKey,ProductSubcategoryKey,EnglishProductName,StandardCost,ListPrice,StartDate,EndDate,Status
310,BK-R93R-62,2,"Road-150 Red, 62",2171.2942,3578.27,2010-12-29,,Current
346,BK-M82S-44,1,"Mountain-100 Silver, 44",1912.1544,3399.99,2010-12-29,,Current
""",
    "DimProductCategory.csv": """\
ProductCategoryKey,ProductCategoryAlternateKey,EnglishProductCategoryName
1,1,Bikes
2,2,Components
""",
    "DimProductSubcategory.csv": """\
ProductSubcategoryKey,ProductSubcategoryAlternateKey,EnglishProductSubcategoryName,ProductCategoryKey
1,1,Mountain Bikes,1
2,2,Road Bikes,1
""",
    "DimSalesTerritory.csv": """\
SalesTerritoryKey,SalesTerritoryAlternateKey,SalesTerritoryRegion,SalesTerritoryCountry,SalesTerritoryGroup
6,6,Canada,Canada,North America
7,7,France,France,Europe
""",
    "FactInternetSales.csv": """\
ProductKey,OrderDateKey,DueDateKey,ShipDateKey,CustomerKey,PromotionKey,CurrencyKey,SalesTerritoryKey,SalesOrderNumber,SalesOrderLineNumber,RevisionNumber,OrderQuantity,UnitPrice,ExtendedAmount,UnitPriceDiscountPct,DiscountAmount,ProductStandardCost,TotalProductCost,SalesAmount,TaxAmt,Freight,CarrierTrackingNumber,CustomerPONumber,OrderDate,DueDate,ShipDate
310,20101229,20110110,20110105,21768,1,19,6,SO43697,1,1,1,3578.27,3578.27,0,0,2171.2942,2171.2942,3578.27,286.2616,89.4568,,,2010-12-29 00:00:00,2011-01-10,2011-01-05
310,20101229,20110110,20110105,28389,1,39,7,SO43698,1,1,1,3399.99,3399.99,0,0,1912.1544,1912.1544,3399.99,271.9992,84.9998,,,2010-12-29 00:00:00,x,x
346,20110301,20110110,20110105,21768,1,19,6,SO43700,1,1,2,100,200,0,0,50,100,200,16,5,,,2011-03-01 00:00:00,x,x
""",
}


def layouts() -> dict[str, bytes | dict[str, bytes]]:
    """The files by name; a folder of related tables is a dict."""
    return {
        "web_page.xls": WEB_PAGE.encode(),
        "formula_cells.csv": FORMULA_CELLS.encode(),
        "paypal.csv": PAYPAL.encode("utf-8-sig"),
        "billbee.csv": BILLBEE.encode("utf-8-sig"),
        "amazon.txt": AMAZON.replace("\n", "\r\n").encode(),
        "ebay.csv": EBAY.replace("\n", "\r\n").encode("utf-8-sig"),
        "etsy.csv": ETSY.encode(),
        "shopify_german.csv": SHOPIFY_GERMAN.replace("\n", "\r\n").encode("cp1252"),
        "woocommerce_plugin.csv": WOOCOMMERCE_PLUGIN.encode(),
        "credit_notes.csv": CREDIT_NOTES.replace("\n", "\r\n").encode("cp1252"),
        "sap_list.txt": SAP_LIST.replace("\n", "\r\n").encode("cp1252"),
        "odoo.csv": ODOO.encode(),
        "quickbooks.csv": QUICKBOOKS.encode(),
        "sage.csv": SAGE.encode(),
        "salesforce.csv": SALESFORCE.encode(),
        "squarespace.csv": SQUARESPACE.encode(),
        "stripe.csv": STRIPE.encode(),
        "mercado_libre.csv": MERCADO_LIBRE.encode(),
        "star_schema": {name: text.encode() for name, text in STAR_SCHEMA.items()},
    }
