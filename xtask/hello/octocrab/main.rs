//! Opens an issue with the default features of the client.

use octocrab::Octocrab;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let key = std::env::var("API_KEY")?;
    let github = Octocrab::builder().personal_token(key).build()?;
    let issue = github
        .issues("acme", "shop")
        .create("Hello")
        .body("Where is my order?")
        .send()
        .await?;
    println!("{}", issue.number);
    Ok(())
}
