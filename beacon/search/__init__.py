"""Finding people, their referrals and their cases by whatever somebody can say of them."""
