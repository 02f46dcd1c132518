/** What is left open: vague words that connected tools settle, what nobody can place, other languages, no language. */
export const openSentences = `
# connected tools
{slack} When a Stripe payment fails, send a message => trigger:stripe | action:slack
{teams} When a Stripe payment fails, send a message => trigger:stripe | action:microsoft_teams
{telegram, gmail} When a Stripe payment fails, send a message => trigger:stripe | action:telegram
{outlook} When an email arrives, add a row to Excel => trigger:microsoft_outlook | action:microsoft_excel
{typeform, airtable} When a form is submitted, create a record => trigger:typeform | action:airtable
{shopify, klaviyo} When a customer places an order, add them to a mailing list => trigger:shopify | action:klaviyo
{jira} When an issue is created, email the team => trigger:jira | action:email
{hubspot, slack} When a deal closes, notify the team => trigger:hubspot | action:slack
{google_calendar, todoist} Every morning add today's meetings to my to-do list => trigger:schedule | action:todoist
{slack} When a payment fails in Stripe, post a message in Discord => trigger:stripe | action:discord
{gmail} When a Stripe payment fails, email the customer => trigger:stripe | action:gmail
{dropbox} When an email arrives in Gmail, save the attachment => trigger:gmail | action:dropbox
{not a real tool} When a form is submitted, post to Slack => trigger:forms | action:slack

# questions back
Send a message => trigger:manual | action:? ?? which chat app
When a payment arrives in Stripe => trigger:stripe ?? what should happen then
When a ticket is created in FooDesk, tell me in Slack => trigger:? | action:slack ?? foodesk
When an order arrives in Shopify, post it to BarChat => trigger:shopify | action:? ?? barchat
Make my business better => trigger:manual | action:? ?? what
Automate everything => trigger:manual | action:? ?? what
hello => trigger:manual ?? what
?!? => trigger:manual ?? what
🎉🎉🎉 => trigger:manual ?? what
12345 => trigger:manual ?? what
if => trigger:manual ?? what
When it happens, do it => trigger:? | action:? ?? which
When an email arrives in Gmail, if it is urgent => trigger:gmail ?? if it is urgent
When a lead arrives in HubSpot, email them. When an order arrives in Shopify, post to Slack.
  => trigger:hubspot | action:email | condition:shopify | action:slack ?? one start
When a form is submitted, do the usual => trigger:forms | action:? ?? the usual
asdf qwer zxcv => trigger:manual ?? could not tell

# code and markup
SELECT * FROM users WHERE id = 1; => trigger:manual | action:? ?? what
function notify() { return fetch("https://example.com"); } => trigger:manual ?? what
{"trigger":"gmail","action":"slack"} => trigger:* ?? what
<b>When</b> a payment arrives in Stripe, <i>post to Slack</i> => trigger:stripe | action:slack

# other languages
Wenn eine neue Zahlung in Stripe eingeht, sende eine Nachricht an Slack => trigger:manual | action:* ?? in english
Jeden Montag um 9 Uhr einen Bericht an Slack senden => trigger:manual | action:* ?? in english
Quand un paiement arrive dans Stripe, envoyer un message dans Slack => trigger:manual | action:* ?? in english
Cuando llegue un pedido en Shopify, envía un correo => trigger:manual | action:* ?? in english
新しい支払いがStripeに届いたらSlackに投稿する => trigger:manual ?? in english
Когда приходит письмо, отправь сообщение => trigger:manual ?? in english
عند وصول دفعة أرسل رسالة => trigger:manual ?? in english
`;
