//! Creates a customer with the default features of the client.

use stripe::Client;
use stripe_core::customer::CreateCustomer;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let key = std::env::var("API_KEY")?;
    let stripe = Client::new(key);
    let customer = CreateCustomer::new()
        .email("jane@example.com")
        .description("Hello")
        .send(&stripe)
        .await?;
    println!("{}", customer.id);
    Ok(())
}
